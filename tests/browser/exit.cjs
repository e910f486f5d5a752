/* Two leave a school by the menu: ticked in the list, one retires and one moves;
 * the department, the section and the leader; afterwards they are gone.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const fs = require('fs');
const path = require('path');
const { walker, check, same, logIn, go, press, says, look, fetched, town, root } = require('./lib.cjs');
const { handIn, decide } = require('./case.cjs');

async function papersOf(page) {
  for (const name of await page.locator('input[type="file"][name^="paper."]').evaluateAll(all => all.map(e => e.name)))
    await page.setInputFiles(`input[name="${name}"]`, town.scan);
}

async function leave(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  let page, address, today;
  const names = [];

  await test(`browser: HY-70 HY-71 two are ticked in the list of the unit's people, from two searches, ${mode}`, async () => {
    page = await as('X305');
    await go(page, page.locator('nav >> text=人员出编管理').first());
    await look(page, 'exit-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await look(page, 'exit-head');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await look(page, 'exit-case-empty');
    await go(page, page.locator('a[href$="/pick"]').first());
    const rows = page.locator('#pick tbody tr');
    check(await rows.count() === 50, 'not a page of the list');
    for (const row of [rows.nth(js ? 3 : 5), rows.nth(js ? 4 : 6)])
      names.push((await row.locator('td').nth(1).textContent()).trim());
    await rows.nth(js ? 3 : 5).locator('input').check();
    await look(page, 'exit-pick');
    await page.fill('#q', names[1]);
    await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
    await says(page, '其他页已勾选 1 人');
    check(!page.url().includes('?'), 'the name stands in the address: ' + page.url());
    await look(page, 'exit-found');
    await page.locator('#pick tbody tr input').first().check();
    await press(page, 'add');
    await says(page, ...names);
    await look(page, 'exit-case');
  });
  await test(`browser: HY-72 HY-73 why, when, where to; papers by the reason, ${mode}`, async () => {
    const open = n => go(page, page.locator('#items tbody tr', { hasText: names[n] }).locator('a', { hasText: '修改' }).first());
    await open(0);
    today = (await page.locator('#exit_date').textContent()).trim();
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 2, 'what is missing is not said');
    await look(page, 'exit-errors');
    await page.selectOption('#exit_reason', '02');
    await page.fill('#left_on', today);
    await page.fill('#doc_no', '示人社退〔2026〕11号');
    await press(page, 'keep');
    await papersOf(page);
    await look(page, 'exit-item');
    await press(page, 'save');
    await open(1);
    await page.selectOption('#exit_reason', '012');
    await page.fill('#left_on', '20260930');
    await page.fill('#destination', '邻省某市第三中学');
    await press(page, 'keep');
    await papersOf(page);
    await press(page, 'save');
    await says(page, '逾期原因');
    await page.fill('#late_reason', '商调函送达晚');
    await look(page, 'exit-late');
    await press(page, 'save');
    await says(page, '退休 1 人，调往市外 1 人');
    await page.goto(address + '/confirm');
    await look(page, 'exit-confirm');
    await handIn(page, address, { first: '主管部门审核' });
  });
  await test(`browser: HY-74 TS-36 department, section and leader; afterwards they are gone, ${mode}`, async () => {
    const parent = await as('X307');
    await parent.goto(address + '/review');
    await look(parent, 'exit-review');
    await decide(parent, address, 'pass');
    const section = await as('xianshi');
    await section.goto(address + '/review');
    await go(section, section.locator('a[href$="/correct"]').nth(1));
    check(await section.locator('input[type="file"]').count() === 0, 'papers are the unit\'s');
    await look(section, 'exit-correct');
    await section.selectOption('#exit_reason', '011');
    await section.fill('#destination', '省直属某中学');
    await press(section, 'save');
    await says(section, '核定已保存', '核定修改', '调往市外', '省直属某中学');
    await look(section, 'exit-corrected');
    await decide(section, address, 'pass');
    await decide(await as('xianfen'), address, 'approve');
    await page.goto(address);
    await says(page, '已核准');
    await says(page, '调往本市机关事业单位 1 人', '核定修改');
    await look(page, 'exit-done');
    await go(page, page.locator('form[action$="/print/all"] button:not(.vh)').first());
    await says(page, '出编通知单', '出编（核减）申请表', '核销意见', ...names);
    await look(page, 'exit-sheets', null);
    const pdf = await fetched(page, await page.locator('a[href$="/pdf"]').first().getAttribute('href'));
    check(pdf.status === 200 && pdf.type === 'application/pdf', 'no PDF: ' + pdf.status);
    fs.writeFileSync(path.join(town.screens, `${js ? 'js' : 'plain'}-exit.pdf`), pdf.body);
    await page.goto(address);
    await go(page, page.locator('nav >> text=减少人员').first());
    await says(page, ...names, '逾期', '调往本市机关事业单位');
    await look(page, 'exit-left');
  });
}

module.exports = { leave };

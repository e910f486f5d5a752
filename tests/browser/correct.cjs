/* 信息更正: somebody is on staff since another day than was entered.  The section puts it
 * right by a paper, the leader decides; the card and the table of a past day say so.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, logIn, go, press, says, look, town, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

const UNIT = '示例市丙县第一中学';

/* 实有人数 of 事业编制数（其他） on a day, in the table of all units. */
async function counted(page, on) {
  await page.goto(root + '/staffing/report/posts?on=' + on);
  const row = page.locator('#report tbody tr', { hasText: UNIT }).first();
  return Number((await row.locator('td').nth(11).textContent()).trim());
}

async function correct(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const [name, since] = town.mistaken[js ? 0 : 1], right = since.replace(/^\d{4}/, y => Number(y) + 1);
  let page, address, before;

  await test(`browser: A5.3 the section begins a 信息更正 of somebody, ${mode}`, async () => {
    page = await as('xianshi');
    before = await counted(page, since);
    await page.goto(root + '/');
    await go(page, page.locator('nav >> text=信息更正').first());
    await look(page, 'correct-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await go(page, page.locator('button', { hasText: '选择单位' }).first());
    await page.fill('input[name="pick.unit.q"]', 'X305');
    await press(page, 'pick:unit:find');
    await go(page, page.locator('.tree button[value^="pick:unit:is:"]', { hasText: UNIT }).first());
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 2, 'what is missing is not said');
    await look(page, 'correct-head');
    await page.fill('#reason', '录入时将入编时间写错一年，档案材料为准');
    await page.fill('#paper_no', '示编办函〔2026〕11号');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/pick"]').first());
    await page.fill('#q', name);
    await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
    await page.locator('#pick tbody tr', { hasText: name }).locator('input').first().check();
    await press(page, 'add');
    await says(page, name);
    await look(page, 'correct-case');
  });
  await test(`browser: A5.3 only the day is typed over; the page before handing in shows both days, ${mode}`, async () => {
    await go(page, page.locator('#items tbody tr', { hasText: name }).locator('a', { hasText: '修改' }).first());
    await press(page, 'save');
    await says(page, '没有更正任何信息');
    check(await page.inputValue('#unit_entry_date') === since, 'the form does not begin with the register');
    await page.fill('#unit_entry_date', right);
    await look(page, 'correct-item');
    await press(page, 'save');
    await page.goto(address + '/confirm');
    await says(page, '变更对照', since, right);
    await look(page, 'correct-confirm');
    await handIn(page, address, { first: '分管领导审批' });
  });
  await test(`browser: A5.3 the leader sees both and decides; card and table of a past day are right, ${mode}`, async () => {
    const boss = await as('xianfen');
    await boss.goto(address + '/review');
    await says(boss, '变更对照', since, right, '示编办函〔2026〕11号');
    await look(boss, 'correct-review');
    await decide(boss, address, 'approve');
    await says(boss, '已核准');
    same(await counted(page, since), before - 1, 'counted since the wrong day still');
    const clerk = await as('X305');
    await clerk.goto(root + '/staffing/person/');
    await clerk.fill('#q', name);
    await Promise.all([clerk.waitForNavigation(), clerk.press('#q', 'Enter')]);
    await go(clerk, clerk.locator('main table a', { hasText: name }).first());
    await says(clerk, '更正', '本单位入编时间', right);
    await look(clerk, 'correct-card', null);
  });
  for (const one of Object.values(at)) await one.context().close();
}

module.exports = { correct };

/* 单位隶属、名称变更: a unit has another name by a paper; lists show the new one, the table
 * of the day before the old one, its history both.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, logIn, go, press, says, hides, look, town, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

async function reorganise(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const { code, name } = town.renamed[js ? 0 : 1], fresh = name + '（示例市分部）';
  let page, address;

  await test(`browser: a unit's new name is entered from its paper, ${mode}`, async () => {
    page = await as('xingbian');
    await go(page, page.locator('nav >> text=单位隶属、名称变更').first());
    await look(page, 'reorganise-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await go(page, page.locator('button', { hasText: '选择单位' }).first());
    await page.fill('input[name="pick.unit.q"]', code);
    await press(page, 'pick:unit:find');
    await go(page, page.locator('.tree button[value^="pick:unit:is:"]', { hasText: name }).first());
    await page.fill('#paper_no', '示编发〔2026〕52号');
    await page.fill('#paper_on', '20261102');
    await page.fill('#paper_title', '关于单位更名的批复');
    await page.fill('#date', '20261105');
    await look(page, 'reorganise-head');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/item/new"]').first());
    await page.selectOption('#action', '1');
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 1, 'the missing name is not said');
    await page.fill('#name', fresh);
    await page.fill('#short_name', js ? '甲分部' : '乙分部');
    await look(page, 'reorganise-item');
    await press(page, 'save');
    await page.goto(address + '/confirm');
    await says(page, fresh, '2026-11-05');
    await look(page, 'reorganise-confirm');
    await handIn(page, address, { first: '分管领导审批' });
  });
  await test(`browser: once approved it has its new name, and had the old one the day before, ${mode}`, async () => {
    const boss = await as('fenguan');
    await boss.goto(address + '/review');
    await says(boss, name, fresh);
    await look(boss, 'reorganise-review');
    await decide(boss, address, 'approve');
    await says(boss, '已核准');
    await page.goto(root + '/staffing/report/posts?on=2026-11-04');
    await says(page, name);
    await hides(page, fresh);
    await page.goto(root + '/staffing/report/posts?on=2026-11-05');
    await says(page, fresh);
    await page.goto(root + '/staffing/unit/?q=' + code);
    await go(page, page.locator('#units tbody a', { hasText: fresh }).first());
    await says(page, fresh);
    await go(page, page.locator('main a', { hasText: '机构编制沿革表' }).first());
    await says(page, '示编发〔2026〕52号', name, fresh);
    await look(page, 'reorganise-unit', null);
  });
  for (const one of Object.values(at)) await one.context().close();
}

module.exports = { reorganise };

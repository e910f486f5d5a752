/* 合并重复人员: a teacher has a second record under a number that was typed wrongly.  The
 * section names both, the rehearsal shows what will be, the leader decides; the old number
 * leads to the one record.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, logIn, go, press, says, hides, look, town, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

const UNIT = '示例市丙县第一中学';

async function merge(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const [name, number] = town.doubled[js ? 0 : 1];
  let page, address;

  await test(`browser: two records of one person are named, and the rehearsal shows what will be, ${mode}`, async () => {
    page = await as('xianshi');
    await page.goto(root + '/');
    await go(page, page.locator('nav >> text=合并重复人员').first());
    await look(page, 'merge-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await go(page, page.locator('button', { hasText: '选择单位' }).first());
    await page.fill('input[name="pick.unit.q"]', 'X305');
    await press(page, 'pick:unit:find');
    await go(page, page.locator('.tree button[value^="pick:unit:is:"]', { hasText: UNIT }).first());
    await page.fill('#reason', '2003 年登记时身份证号录错，档案可以证明是同一人');
    await page.fill('#paper_no', '示编办函〔2026〕15号');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/pick"]').first());
    await page.fill('#q', name);
    await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
    await page.locator('#pick tbody tr', { hasText: name }).locator('input').first().check();
    await press(page, 'add');
    await go(page, page.locator('#items tbody tr', { hasText: name }).locator('a', { hasText: '修改' }).first());
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 1, 'the missing number is not said');
    await page.fill('#other_number', number);
    await look(page, 'merge-item');
    await press(page, 'save');
    await page.goto(address);
    await says(page, '合并预演', '在编经历', '2003-03-01 至 2006-04-01');
    await hides(page, number);
    await look(page, 'merge-case');
    await handIn(page, address, { first: '分管领导审批' });
  });
  await test(`browser: the leader sees both records and decides; the old number finds the one, ${mode}`, async () => {
    const boss = await as('xianfen');
    await boss.goto(address + '/review');
    await says(boss, '合并预演', '2003-03-01 至 2006-04-01');
    await look(boss, 'merge-review');
    await decide(boss, address, 'approve');
    await says(boss, '已核准');
    const clerk = await as('X305');
    await clerk.goto(root + '/staffing/person/');
    await clerk.fill('#q', number);
    await Promise.all([clerk.waitForNavigation(), clerk.press('#q', 'Enter')]);
    await go(clerk, clerk.locator('main table a', { hasText: name }).first());
    await says(clerk, '2003-03-01', '2006-04-01');
    await look(clerk, 'merge-card', null);
  });
  for (const one of Object.values(at)) await one.context().close();
}

module.exports = { merge };

/* 所属编办变更: a county's unit comes to the city by a paper; the tables of the day before
 * and of the day itself, and its history.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, logIn, go, press, says, look, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

async function reassign(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const { code, name, office } = js ? { code: 'X406', name: '示例市丁县城关镇人民政府', office: '丁县委编办' }
    : { code: 'X206', name: '示例市乙区中心街道办事处', office: '乙区委编办' };
  let page, address;

  await test(`browser: a unit of another office is found, and the paper entered that gives it to the city, ${mode}`, async () => {
    page = await as('xingbian');
    await go(page, page.locator('nav >> text=所属编办变更').first());
    await look(page, 'reassign-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await go(page, page.locator('button', { hasText: '选择单位' }).first());
    await look(page, 'reassign-tree');
    await page.fill('input[name="pick.unit.q"]', code);
    await press(page, 'pick:unit:find');
    await says(page, office);
    await go(page, page.locator('.tree button[value^="pick:unit:is:"]', { hasText: name }).first());
    await page.fill('#paper_no', '示编发〔2026〕61号');
    await page.fill('#paper_on', '20261102');
    await page.fill('#paper_title', '关于调整管理体制的通知');
    await page.fill('#date', '20261105');
    await page.selectOption('#waiting', '1');
    await look(page, 'reassign-head');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/item/new"]').first());
    await page.selectOption('#office', { label: office });
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 1, 'that nothing would change is not said');
    await page.selectOption('#office', { label: '示例市委编办' });
    await look(page, 'reassign-item');
    await press(page, 'save');
    await page.goto(address + '/confirm');
    await says(page, '示例市委编办', '2026-11-05');
    await look(page, 'reassign-confirm');
    await handIn(page, address, { first: '分管领导审批' });
  });
  await test(`browser: once approved it is the city's, and its history says since when, ${mode}`, async () => {
    const boss = await as('fenguan');
    await boss.goto(address + '/review');
    await says(boss, name, '示例市委编办');
    await look(boss, 'reassign-review');
    await decide(boss, address, 'approve');
    await says(boss, '已核准');
    await page.goto(root + '/staffing/unit/?q=' + code);
    await go(page, page.locator('#units tbody a', { hasText: name }).first());
    await says(page, '示例市委编办');
    await go(page, page.locator('main a', { hasText: '机构编制沿革表' }).first());
    await says(page, '示编发〔2026〕61号', `所属编办由“${office}”变更为“示例市委编办”`);
    await look(page, 'reassign-unit', null);
  });
  for (const one of Object.values(at)) await one.context().close();
}

module.exports = { reassign };

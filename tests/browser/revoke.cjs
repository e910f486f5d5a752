/* A slip of one, the wrong person entered on it: the section takes the approval back,
 * the leader decides; the notice is void, the place is free, the right one enters.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, logIn, go, press, says, look, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');
const { choose, book, used, enter } = require('./slips.cjs');

/* What the office's page of check codes says of a code. */
async function state(page, code) {
  await page.goto(`${root}/check/${code}`);
  return (await page.locator('main').textContent()).replace(/\s+/g, ' ');
}

async function revoke(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const wrong = js ? '误一' : '误二', right = js ? '正一' : '正二';
  let number, entry, address, code, before;

  await test(`browser: a slip of one, and the wrong person enters on it, ${mode}`, async () => {
    const page = await as('D003');
    await page.goto(root + '/use/new');
    await choose(page, '示例市第一中学', 'S006');
    await page.fill('#apply_title', '关于公开招聘教师使用编制的请示');
    await page.fill('#apply_no', '示教请〔2026〕18号');
    await page.fill('#apply_date', '20261102');
    await press(page, 'save');
    const use = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/item/new"]').first());
    await page.selectOption('#entry_mode', '09');
    await page.selectOption('#staffing_type', '22');
    await page.fill('#amount', '1');
    await press(page, 'save');
    await handIn(page, use, { first: '业务科审核' });
    await decide(await as('shibian'), use, 'pass');
    await decide(await as('fenguan'), use, 'approve');
    await page.goto(use);
    number = (await page.locator('body').textContent()).match(/示编控〔\d+〕\d+号/)[0];
    before = await book(page);
    entry = await enter(browser, js, as, [wrong], number);
    const school = await as('S006');
    await school.goto(entry);
    await go(school, school.locator('form[action$="/print/notice"] button:not(.vh)').first());
    code = (await school.locator('body').textContent()).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
    check((await state(await as('chakan'), code)).includes('现在有效'), 'the notice is not valid');
  });
  await test(`browser: the section begins from the approved case, ticks the person, hands in, ${mode}`, async () => {
    const page = await as('shibian');
    await page.goto(entry);
    await look(page, 'revoke-begin', null);
    await go(page, page.locator('main a', { hasText: '撤销核准' }).first());
    check((await page.locator('#approval').evaluate(e => e.selectedOptions[0].textContent)).includes(wrong), 'the approval is not chosen');
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 2, 'what is missing is not said');
    await look(page, 'revoke-head');
    await page.fill('#reason', '身份证号与本人不符，入编对象有误');
    await page.fill('#paper_no', '示编办函〔2026〕7号');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/pick"]').first());
    await page.locator('#pick tbody tr', { hasText: wrong }).locator('input').check();
    await look(page, 'revoke-pick');
    await press(page, 'add');
    await says(page, wrong, '已完成');
    await look(page, 'revoke-case');
    await handIn(page, address, { first: '分管领导审批' });
  });
  await test(`browser: the leader decides; the notice is void, the place of the slip is free, the ledger is as before, ${mode}`, async () => {
    const boss = await as('fenguan');
    await boss.goto(address + '/review');
    await look(boss, 'revoke-review');
    await decide(boss, address, 'approve');
    await says(boss, '申请单已核准');
    const read = await as('chakan'), said = await state(read, code);
    check(said.includes('已作废') && said.includes('不能再使用'), said);
    await look(read, 'revoke-check', null);
    const page = await as('S006');
    await page.goto(root + '/inbox/');
    await says(page, '人员入编的核准已撤销');
    await look(page, 'revoke-inbox', null);
    await page.goto(entry);
    await says(page, '已撤销核准', '打印的文书作废', '身份证号与本人不符');
    await look(page, 'revoke-entry', null);
    same(await book(await as('D003')), before, 'the book after it was taken back');
    same(await used(await as('D003'), number), ['1', '0', '0', '1'], 'the slip after it was taken back');
  });
  await test(`browser: the right one enters on the same slip, ${mode}`, async () => {
    await enter(browser, js, as, [right], number);
    const page = await as('D003');
    same(await used(page, number), ['1', '1', '0', '0'], 'the slip after the right one came');
    await says(page, right);
    check(!(await page.locator('#uses').textContent()).includes(wrong), 'who never came stands on the slip');
  });
}

module.exports = { revoke };

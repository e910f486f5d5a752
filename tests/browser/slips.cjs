/* A post is asked for before anybody comes: the department applies for a school,
 * section and leader grant a slip of three; two come on it, the third later, whom
 * 组织、人社部门 have chosen.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, logIn, go, press, says, look, fetched, town, root } = require('./lib.cjs');
const { begin, fill, papers, handIn, decide } = require('./case.cjs');

const UNIT = '示例市第一中学', FIELDS = { staffing_type: '22', structure: '2', post_category: 'Z' };

async function choose(page, name, find) {
  await go(page, page.locator('button', { hasText: '选择单位' }).first());
  if (find) {
    await page.fill('input[name="pick.unit.q"]', find);
    await press(page, 'pick:unit:find');
  }
  await go(page, page.locator('.tree button[value^="pick:unit:is:"]', { hasText: name }).first());
}

/* What the school's page says of its quota and of its slip: 已批未用, then its cells. */
async function book(page) {
  await page.goto(root + '/staffing/unit/');
  await go(page, page.locator('#units tbody a', { hasText: UNIT }).first());
  const row = page.locator('#quota tbody tr', { hasText: '编制类型' }).filter({ hasText: '事业编制' }).filter({ hasNotText: '参公' });
  return (await row.locator('td').allTextContents()).map(t => t.trim());
}

async function used(page, number) {
  await book(page);
  await go(page, page.locator('#slips tbody a', { hasText: number }).first());
  return (await page.locator('#lines tbody tr').first().locator('td').allTextContents()).map(t => t.trim()).slice(3);
}

/* What the table of all units says of the school today and of the day before:
 * 编制数 and 实有人数 of 事业编制数（其他）. */
async function days(page) {
  const said = [];
  await page.goto(root + '/staffing/report/posts');
  const today = await page.locator('#on').inputValue(), before = new Date(Date.parse(today) - 86400000).toISOString().slice(0, 10);
  for (const on of [before, today]) {
    await page.goto(root + '/staffing/report/posts?on=' + on);
    const cells = page.locator('#report tbody tr', { hasText: UNIT }).first().locator('td');
    said.push((await cells.allTextContents()).map(t => t.trim()).slice(10, 12));
  }
  return said;
}

/* Who was chosen stands below the case; name, sex and number are there already. */
async function beginChosen(page, name) {
  await go(page, page.locator('#chosen tbody tr', { hasText: name }).locator('a[href*="chosen="]').first());
  check(await page.inputValue('#name') === name, 'the entry does not begin with who was chosen');
  await press(page, 'verify');
  await says(page, '新进人员');
}

async function enter(browser, js, as, persons, number, start = begin) {
  const page = await as('S006');
  await page.goto(root + '/entry/new');
  await page.selectOption('#entry_mode', '09');
  await page.selectOption('#slip', { label: await page.locator('#slip option', { hasText: number }).textContent() });
  await press(page, 'save');
  const address = page.url().split('?')[0];
  await papers(page);
  for (const name of persons) {
    if (start === beginChosen) await look(page, 'slips-chosen');
    await start(page, name);
    await fill(page, FIELDS);
    await press(page, 'save');
  }
  await handIn(page, address, { first: '事务中心审核' });
  await decide(await as('shenhe1'), address, 'approve');
  return address;
}

/* 招录结果: all three, of whom the last by name. */
async function chosen(as, name, slip) {
  const page = await as('renshe'), [number, sex] = town.numbers.shift();
  await go(page, page.locator('nav >> text=招录结果登记').first());
  await go(page, page.locator('main >> text=新建').first());
  await choose(page, UNIT, 'S006');
  await page.selectOption('#slip', { label: await page.locator('#slip option', { hasText: slip }).textContent() });
  await page.fill('#hired', '3');
  await page.fill('#paper_no', '示人社聘〔2026〕5号');
  await page.fill('#paper_on', '20261102');
  await look(page, 'slips-result');
  await press(page, 'save');
  const address = page.url().split('?')[0];
  await papers(page);
  await go(page, page.locator('a[href$="/item/new"]').first());
  await page.fill('#name', name);
  await page.check(`input[name="sex"][value="${sex}"]`);
  await page.fill('#id_number', number);
  await look(page, 'slips-result-person');
  await press(page, 'save');
  await handIn(page, address, { first: '业务科确认' });
  const section = await as('shibian');
  await section.goto(address + '/review');
  await look(section, 'slips-result-review');
  await decide(section, address, 'approve');
  await look(section, 'slips-result-done', null);
}

async function slips(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  let page, address, number, before;

  await test(`browser: TS-31 the department applies for a unit: head, paper, a line, ${mode}`, async () => {
    page = await as('D003');
    before = await book(page);
    await go(page, page.locator('nav >> text=编制使用核准').first());
    await look(page, 'slips-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await choose(page, UNIT);
    await page.fill('#apply_title', '关于公开招聘教师使用编制的请示');
    await page.fill('#apply_no', '示教请〔2026〕8号');
    await page.fill('#apply_date', '20261102');
    await page.check('#annual');
    await look(page, 'slips-head');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/item/new"]').first());
    await press(page, 'save');
    check(await page.locator('.errsum a').count() >= 3, 'what is missing is not said');
    await page.selectOption('#entry_mode', '09');
    await page.selectOption('#staffing_type', '22');
    await page.fill('#amount', '3');
    await look(page, 'slips-line');
    await press(page, 'save');
    await says(page, '公开招聘', '事业编制');
    await look(page, 'slips-case');
    await handIn(page, address, { first: '业务科审核' });
    await page.goto(root + '/use/report/plan');
    await says(page, UNIT, '统一公开招聘', '合计');
    await look(page, 'slips-plan');
  });
  await test(`browser: TS-32 section and leader grant; the slip is printed, with its number and last day, ${mode}`, async () => {
    const section = await as('shibian');
    await section.goto(address + '/review');
    await look(section, 'slips-review');
    await decide(section, address, 'pass');
    await decide(await as('fenguan'), address, 'approve');
    const leader = await as('fenguan');
    await leader.goto(address);
    await go(leader, leader.locator('form[action$="/print/slip"] button:not(.vh)').first());
    await says(leader, '机关事业单位编制使用单', '有效期至', '叁名');
    number = (await leader.locator('body').textContent()).match(/示编控〔\d+〕\d+号/)[0];
    await look(leader, 'slips-sheet', null);
    const pdf = await fetched(leader, await leader.locator('a[href$="/pdf"]').first().getAttribute('href'));
    check(pdf.status === 200 && pdf.type === 'application/pdf', 'no PDF: ' + pdf.status);
  });
  await test(`browser: TS-33 TS-34 TS-38 two come on a slip of three, the third later; book and slip are right after each step, ${mode}`, async () => {
    const [, , approved, occupied, reserved] = before, plus = (text, n) => String(Number(text) + n);
    same((await book(page)).slice(2, 5), [approved, occupied, plus(reserved, 3)], 'the book after the grant');
    await enter(browser, js, as, js ? ['钱一', '钱二'] : ['孙一', '孙二'], number);
    same((await book(page)).slice(2, 5), [approved, plus(occupied, 2), plus(reserved, 1)], 'the book after two came');
    same(await used(page, number), ['3', '2', '0', '1'], 'the slip after two came');
    await chosen(as, js ? '钱三' : '孙三', number);
    await enter(browser, js, as, [js ? '钱三' : '孙三'], number, beginChosen);
    const [yesterday, today] = await days(page);
    same([yesterday[0], today[0]], [approved, approved], 'what is approved, yesterday and today');
    same(today[1], plus(occupied, 3), 'the table of today after the third came');
    check(Number(yesterday[1]) <= Number(today[1]) - 3, 'the table of yesterday counts who came today');
    same(await used(page, number), ['3', '3', '0', '0'], 'the slip after the third came');
    await says(page, '已用完', js ? '钱三' : '孙三');
    await look(page, 'slips-slip');
    const school = await as('S006');
    await school.goto(root + '/entry/new');
    check(!(await school.locator('#slip').textContent()).includes(number), 'a slip that is used up is offered');
  });
}

module.exports = { slips, choose, book, used, enter };

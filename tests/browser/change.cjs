/* One case of 人员异动: somebody takes a leading post by its paper, another's number is
 * put right; old and new side by side for the clerk, the section and the centre.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, logIn, go, press, says, hides, look, fetched, town, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

/* Another number of the same birthday and sex (GB 11643). */
function corrected(number) {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const order = (Number(number.slice(14, 17)) + 2) % 1000;
  const front = number.slice(0, 14) + String(order).padStart(3, '0');
  return front + '10X98765432'[weights.reduce((sum, w, i) => sum + w * Number(front[i]), 0) % 11];
}

async function change(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const [promoted, mistaken] = town.changed[js ? 0 : 1], seat = town.seat;
  const open = (page, name) => go(page, page.locator('#items tbody tr', { hasText: name }).locator('a', { hasText: '修改' }).first());
  let page, address, wrong, right;

  await test(`browser: HY-80 HY-81 two are ticked for 人员异动, ${mode}`, async () => {
    page = await as('D031');
    await go(page, page.locator('nav >> text=人员异动管理').first());
    await look(page, 'change-list', null);
    await go(page, page.locator('main >> text=新建').first());
    await press(page, 'save');
    address = page.url().split('?')[0];
    await go(page, page.locator('a[href$="/pick"]').first());
    for (const name of [promoted, mistaken]) {
      await page.fill('#q', name);
      await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
      await page.locator('#pick tbody tr', { hasText: name }).locator('input').first().check();
    }
    await look(page, 'change-pick', null);
    await press(page, 'add');
    await says(page, promoted, mistaken);
    await look(page, 'change-case');
  });
  await test(`browser: HY-82 HY-83 only what changes is typed over; nothing changed is said, papers follow the change, ${mode}`, async () => {
    await open(page, promoted);
    await look(page, 'change-begin');
    await press(page, 'save');
    await says(page, '没有修改任何信息');
    await page.selectOption('select[name="duty.1.post"]', seat.code);
    await page.fill('[name="duty.1.doc_no"]', '示组干〔2026〕31号');
    await page.fill('[name="duty.1.appoint_date"]', '20261102');
    await press(page, 'keep');
    check(await page.locator('input[name="paper.change_duty"]').count() === 1, 'the paper of a change of post is not asked for');
    await page.setInputFiles('input[name="paper.change_duty"]', town.scan);
    await look(page, 'change-item');
    await press(page, 'save');
    await open(page, mistaken);
    wrong = await page.inputValue('#id_number');
    right = corrected(wrong);
    await page.fill('#id_number', right.slice(0, 17) + (right[17] === '1' ? '2' : '1'));
    await press(page, 'save');
    await says(page, '校验码不符');
    await page.fill('#id_number', right);
    await press(page, 'keep');
    for (const name of await page.locator('input[type="file"][name^="paper.change_"]').evaluateAll(all => all.map(e => e.name)))
      await page.setInputFiles(`input[name="${name}"]`, town.scan);
    await press(page, 'save');
    await page.goto(address + '/confirm');
    await says(page, '变更对照', wrong, right, seat.name, '示组干〔2026〕31号');
    await look(page, 'change-confirm');
    await handIn(page, address, { first: '业务科审核' });
  });
  await test(`browser: HY-84 the section and the centre see old and new side by side; afterwards the card tells of it, ${mode}`, async () => {
    const section = await as('xingbian');
    await section.goto(address + '/review');
    await says(section, '变更对照', wrong, right, seat.name);
    await look(section, 'change-review');
    await decide(section, address, 'pass');
    await decide(await as('shenhe1'), address, 'approve');
    await page.goto(address);
    await says(page, '已核准');
    await look(page, 'change-done', null);
    await go(page, page.locator('form[action*="/print/"] button:not(.vh)').first());
    await says(page, '人员信息异动审批表', promoted);
    await look(page, 'change-sheet', null);
    const pdf = await fetched(page, await page.locator('a[href$="/pdf"]').first().getAttribute('href'));
    check(pdf.status === 200 && pdf.type === 'application/pdf', 'no PDF: ' + pdf.status);
    await page.goto(root + '/staffing/person/');
    await page.fill('#q', promoted);
    await Promise.all([page.waitForNavigation(), page.press('#q', 'Enter')]);
    await go(page, page.locator('main table a', { hasText: promoted }).first());
    await says(page, '异动记录', seat.name);
    await hides(page, wrong, right);
    await look(page, 'change-card', null);
  });
}

module.exports = { change };

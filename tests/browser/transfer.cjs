/* 调动: a school of the city takes a teacher of a county's; the county's school finds it
 * waiting and agrees; both offices approve, and both notices are printed.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, logIn, go, press, says, hides, look, town, root } = require('./lib.cjs');
const { papers, handIn, decide } = require('./case.cjs');

const OLD = '示例市丙县第一中学', NEW = '示例市第一中学';
const WANTED = { ethnic: '01', education: '21', political: '01', identity: '1', wage_source: '1', degree: '408', staffing_type: '22', structure: '2',
  post_category: 'Z', funding: '1', person_status: '10', work_start: '20260701', native_place: '湖南长沙', party_join_date: '201906', school: '湖南大学',
  graduation_date: '202006', major: '环境工程', staffing_start: '20260701', 'duty.1.post': '0', 'qualification.1.kind': 'none' };

/* 实有, 在途调入, 在途调出 of 事业编制, as the unit's own page shows them. */
async function book(page, unit) {
  await page.goto(root + '/staffing/unit/');
  await go(page, page.locator('#units tbody a', { hasText: unit }).first());
  const titles = (await page.locator('#quota thead th').allTextContents()).map(t => t.trim());
  const row = page.locator('#quota tbody tr', { hasText: '编制类型' }).filter({ hasText: '事业编制' }).filter({ hasNotText: '参公' });
  const cells = (await row.locator('th, td').allTextContents()).map(t => t.trim());
  return ['实有', '在途调入', '在途调出'].map(t => cells[titles.indexOf(t)]);
}

/* What is open and empty; what the register says is closed. */
async function complete(page) {
  for (const [name, value] of Object.entries(WANTED)) {
    const field = page.locator(`main select[name="${name}"], main input[name="${name}"]:not([type="hidden"])`).first();
    if (!await field.count() || !await field.isEnabled() || await field.inputValue()) continue;
    if (await field.evaluate(e => e.tagName) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  for (const name of await page.locator('input[type="file"][name^="paper."]').evaluateAll(all => all.map(e => e.name)))
    await page.setInputFiles(`input[name="${name}"]`, name === 'paper.photo' ? town.photo : town.scan);
}

const plus = (figures, ...by) => figures.map((f, i) => String(Number(f) + by[i]));

async function transfer(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  const [name, number, sex] = town.moving[js ? 0 : 1];
  let entry, leave, before;

  await test(`browser: A5.11 验证 offers 调动, 上报 opens it, ${mode}`, async () => {
    before = [await book(await as('X305'), OLD), await book(await as('S006'), NEW)];
    const page = await as('S006');
    await page.goto(root + '/entry/new');
    await page.selectOption('#entry_mode', '06');
    await press(page, 'save');
    entry = page.url().split('?')[0];
    await papers(page);
    await go(page, page.locator('a[href$="/item/new"]').first());
    await page.fill('#name', name);
    await page.check(`input[name="sex"][value="${sex}"]`);
    await page.fill('#id_number', number);
    await press(page, 'verify');
    await says(page, '上报后向原单位发起调动', OLD);
    await look(page, 'transfer-verified', null);
    await complete(page);
    await press(page, 'save');
    await handIn(page, entry, { first: '事务中心审核' });
    await says(page, OLD, '未开始办理');
    await look(page, 'transfer-opened', null);
  });
  await test(`browser: A5.11 the old unit finds it waiting and begins with one button, ${mode}`, async () => {
    const page = await as('X305');
    await page.goto(root + '/');
    await go(page, page.locator('main a', { hasText: '待办调出' }).first());
    await look(page, 'transfer-waiting', null);
    await go(page, page.locator('#pairs tbody tr', { hasText: name }).locator('a', { hasText: '办理调出' }).first());
    await says(page, NEW, name);
    await hides(page, number);
    await press(page, 'refuse');
    check(await page.locator('.errsum a').count() >= 1, 'a refusal without its reason is not named');
    await look(page, 'transfer-one');
    await press(page, 'begin');
    leave = page.url().split('?')[0];
    await says(page, '已按对方的申请建立申请单', name, NEW);
    await go(page, page.locator('#items tbody tr', { hasText: name }).locator('a', { hasText: '修改' }).first());
    check(await page.inputValue('#exit_reason') === '011' && await page.inputValue('#destination') === NEW, 'reason and destination are not filled in');
    await page.fill('#left_on', (await page.locator('#exit_date').textContent()).trim());
    await complete(page);
    await press(page, 'save');
    await handIn(page, leave, { first: '主管部门审核' });
  });
  await test(`browser: A5.11 approved on one side it is held and counted as 在途, ${mode}`, async () => {
    await decide(await as('X307'), leave, 'pass');
    await decide(await as('xianshi'), leave, 'pass');
    const boss = await as('xianfen');
    await decide(boss, leave, 'approve');
    await says(boss, '已同意，待对方业务核准后同时办结', '撤回同意');
    check((await boss.locator('main').textContent()).includes(OLD), 'the head of a case that was begun from the other one has no name of its unit');
    await look(boss, 'transfer-held');
    const page = await as('X305');
    same(await book(page, OLD), plus(before[0], 0, 0, 1), 'the old unit while it is held');
    await page.goto(leave);
    await says(page, '已同意，待对方办结', '事务中心审核');
    check(await page.locator('form[action*="/print/"]').count() === 0, 'a sheet before it holds');
  });
  await test(`browser: A5.11 the other approval ends both; notices and ledgers say so, ${mode}`, async () => {
    const boss = await as('shenhe1');
    await boss.goto(entry + '/review');
    await says(boss, '已同意，待对方办结', '目前在原单位在编，调出和入编同时办结');
    await look(boss, 'transfer-review');
    await decide(boss, entry, 'approve');
    await says(boss, '申请单已核准');
    for (const [who, address, sheet] of [['X305', leave, '出编通知单'], ['S006', entry, '入编核准通知单']]) {
      const page = await as(who);
      await page.goto(address);
      await says(page, '已核准', '通知单编号');
      await go(page, page.locator('form[action$="/print/notice"] button:not(.vh)').first());
      await says(page, sheet);
      check((await page.textContent('body')).replace(/\s/g, '').includes(name), 'not on the notice: ' + name);
    }
    await (await as('X305')).goto(leave);
    await says(await as('X305'), '同时办结');
    await look(await as('X305'), 'transfer-done');
    same(await book(await as('X305'), OLD), plus(before[0], -1, 0, 0), 'the old unit afterwards');
    same(await book(await as('S006'), NEW), plus(before[1], 1, 0, 0), 'the new unit afterwards');
  });
  for (const page of Object.values(at)) await page.context().close();
}

module.exports = { transfer };

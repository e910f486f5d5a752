/* What stands around a case: the tree of units, lists and search, messages,
 * persons and units, the account directory, downloads, the seal register, the
 * workbench of every role.  Its cases are those of tools/demo-cases.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { test, check, same, logIn, go, press, says, hides, look, guide, fetched, root } = require('./lib.cjs');

/* An account, and a word that only its own menu or page carries. */
const ROLES = [['D003', '主管部门经办人'], ['chuangkou', '账号目录'], ['shenhe1', '用印情况登记'], ['xingbian', '业务科'],
  ['fenguan', '分管领导'], ['chakan', '人员信息'], ['xitong', '系统管理'], ['anquan', '安全'], ['shenji', '审计']];

async function at(browser, js, who, path, body) {
  const page = await logIn(browser, js, who);
  try {
    if (path) await page.goto(root + path);
    await body(page);
  } finally {
    await page.context().close();
  }
}

async function rows(page, table) {
  return page.locator(`#${table} tbody tr`).count();
}

async function unread(page) {
  const badge = page.locator('header a[href*="/inbox/"] .badge');
  return await badge.count() ? Number((await badge.textContent()).match(/\d+/)[0]) : 0;
}

async function reports(page) {
  await look(page, 'report');
  await page.fill('[name="on"]', '2020-01-01');
  await go(page, page.locator('form.query button.pri').first());
  await says(page, '各单位编制与人员配备表（2020-01-01）');
  check(await page.locator('#report thead th[scope="colgroup"]').count() === 5, 'not five groups of columns');
  await go(page, page.locator('nav >> text=领导职数配备表').first());
  await look(page, 'report-leads', 'report');
}

async function tree(page) {
  await press(page, 'pick:unit');
  check(await page.locator('.tree button[value^="pick:unit:is:"]').count() > 3, 'the tree is empty');
  await look(page, 'tree');
  await guide(page, 'tree');
  const school = page.locator('.tree button[value^="pick:unit:is:"]', { hasText: '第一中学' });
  const name = await school.textContent();
  await page.fill('[id="pick.unit.q"]', 'dyzx');
  await press(page, 'pick:unit:find');
  same(await page.locator('.tree button[value^="pick:unit:is:"]').allTextContents(), [name], 'found by pinyin initials');
  await go(page, school);
  await says(page, name);
  check(await page.locator('.tree').count() === 0, 'the tree is still open');
  await page.selectOption('#entry_mode', '09');
  await press(page, 'save');
  await says(page, `代 ${name} 办理`);
  await look(page, 'acting');
}

/* 批量办理: clean cases through a confirm page; what wants a look is left out. */
async function batch(page) {
  await look(page, 'todo');
  await guide(page, 'todo');
  const clean = page.locator('#cases tr', { hasText: '司法局' });
  same(await clean.count(), 2, 'clean cases');
  for (const n of [0, 1]) await clean.nth(n).locator('input[name="pick"]').check();
  await page.locator('#cases tr', { hasText: '赵䶮' }).locator('input[name="pick"]').check();
  await go(page, page.locator('main button:has-text("批量办理")').first());
  await says(page, '陈思远 等2人', '阿依古丽·买买提', '须逐件审核', '赵䶮');
  await look(page, 'batch');
  await guide(page, 'batch');
  await go(page, page.locator('main form[method="post"] button.pri'));
  for (const again of [false, true]) {
    if (again) await page.reload();
    await says(page, '批量办理结果', '陈思远 等2人', '已核准');
    same(await page.locator('#result tr', { hasText: /〔\d+〕\d+号/ }).count(), 2, 'numbers on the answer page');
  }
  check(!decodeURIComponent(page.url()).includes('陈思远'), 'a name stands in the address');
  await look(page, 'batch-result');
  await guide(page, 'batch-result', 'main');
  await page.goto(root + '/entry/?tab=done');
  same(await page.locator('#cases tr', { hasText: '司法局' }).count(), 2, 'approved cases');
}

async function messages(page, js) {
  const before = await unread(page);
  check(before > 0, 'no message is unread');
  await look(page, 'inbox');
  await guide(page, 'inbox');
  if (js) {
    await go(page, page.locator('#messages button[value^="open:"]').first());
    await says(page, '已核准');
    same(await unread(page), before - 1, 'unread after one was opened');
  } else {
    await press(page, 'all');
    same(await unread(page), 0, 'unread after all were read');
  }
}

async function search(page) {
  const before = await rows(page, 'cases');
  check(before >= 2, 'the list is empty');
  for (const tab of ['在办', '已办', '被退回']) {
    await go(page, page.locator('nav.tabs a', { hasText: tab }));
    check(await page.locator('nav.tabs a[aria-current="page"]', { hasText: tab }).count() === 1, 'not at the tab ' + tab);
  }
  await says(page, '谭𬭎');
  await page.goto(root + '/entry/?tab=done');
  await page.fill('form.query [name="label"]', '周文博');
  await go(page, page.locator('form.query button.pri').first());
  check(await page.locator('#cases tbody tr', { hasText: '周文博' }).count() === await rows(page, 'cases'), 'others than 周文博 are found');
  check(!decodeURIComponent(page.url()).includes('周文博'), 'a name stands in the address');
  await look(page, 'search');
  await page.fill('form.query [name="label"]', '无此人');
  await go(page, page.locator('form.query button.pri').first());
  await says(page, '没有符合条件的申请单');
  await look(page, 'search-nothing');
}

async function persons(page) {
  await look(page, 'persons');
  await page.fill('form.query [name="q"]', '周文博');
  await go(page, page.locator('form.query button.pri').first());
  check(!decodeURIComponent(page.url()).includes('周文博'), 'a name stands in the address');
  await go(page, page.locator('#persons tbody a', { hasText: '周文博' }).first());
  await says(page, '周文博', '考试录用', '在编经历', '已核准');
  await look(page, 'person');
}

async function quota(page) {
  await look(page, 'units');
  await go(page, page.locator('#units tbody a').first());
  await look(page, 'unit');
  await go(page, page.locator('#quota a[href*="account=occupied"]').first());
  await says(page, '行政编制');
  await look(page, 'postings');
  check(await page.locator('main table a[href*="/staffing/person/"], main table a[href*="/entry/"]').count() > 0, 'a figure leads to nobody');
}

async function directory(page) {
  await look(page, 'directory');
  await page.fill('form.query [name="q"]', '生态环境局');
  await go(page, page.locator('form.query button.pri').first());
  await says(page, 'D031', '王敏、李建国');
  same(await rows(page, 'accounts'), 1, 'accounts found');
  await hides(page, 'Bz-demo');
}

async function downloads(page) {
  await look(page, 'downloads');
  const link = page.locator('#downloads a', { hasText: '扫描仪使用说明' });
  const got = await fetched(page, await link.getAttribute('href'));
  check(got.status === 200 && got.body.toString('utf8').includes('扫描'), 'the file is not given out');
}

async function reprint(page) {
  await go(page, page.locator('#cases tbody tr', { hasText: 'RB-2026-00001' }).locator('a').first());
  const address = page.url();
  if (await page.locator('form[action$="/print/notice"] [name^="why"]').count() === 0) {
    await go(page, page.locator('form[action$="/print/notice"] button:not(.vh)').first());
    await says(page, '入编核准通知单');
    await page.goto(address);
  }
  await go(page, page.locator('form[action$="/print/notice"] button:not(.vh)').first());
  check(await page.locator('[name^="why"][aria-invalid="true"]').count() > 0, 'a reprint without a reason');
  await look(page, 'reprint');
  await page.locator('form[action$="/print/notice"] [name^="why"]').fill('原件遗失');
  await guide(page, 'reprint', 'form[action$="/print/notice"]');
  await go(page, page.locator('form[action$="/print/notice"] button:not(.vh)').first());
  await says(page, '补打第');
}

async function seals(page) {
  await says(page, '入编核准通知单', '王敏', '原件遗失');
  await look(page, 'seals');
  await guide(page, 'seals');
  await go(page, page.locator('a[href*="/seal/sheet"]').first());
  await says(page, '用印情况登记表');
  await look(page, 'seal-sheet');
}

async function strangers(browser, js) {
  await at(browser, js, 'D031', '/entry/999999', async page => {
    await says(page, '没有');
    await look(page, 'not-there');
    await page.goto(root + '/seal/');
    await look(page, 'not-allowed');
    check(await page.locator('#seals').count() === 0, 'a clerk sees the seal register');
  });
}

let batched = false;
async function lists(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript';
  const on = (who, path, body) => () => at(browser, js, who, path, page => body(page, js));

  await test(`browser: HY-5 HY-11 申请单位 in the tree, found by pinyin initials; the parent acts for its unit, ${mode}`,
    on('D003', '/entry/new', tree));
  if (!batched) {       // once in a town: it leaves nothing clean, and messages behind
    batched = true;
    await test(`browser: 批量办理 of clean cases through a page that asks once more, ${mode}`, on('shenhe1', '/entry/', batch));
  }
  await test(`browser: messages: unread count, open, all read, ${mode}`, on('D008', '/inbox/', messages));
  await test(`browser: tabs and search by name, which stays out of the address, ${mode}`, on('D031', '/entry/', search));
  await test(`browser: person card with history, ${mode}`, on('D031', '/staffing/person/', persons));
  await test(`browser: unit page, its figures open, ${mode}`, on('D031', '/staffing/unit/', quota));
  await test(`browser: the tables of all units, as of a day, ${mode}`, on('shenhe1', '/staffing/report/posts', reports));
  await test(`browser: HY-4 account directory, ${mode}`, on('chuangkou', '/account/', directory));
  await test(`browser: HY-8 附件下载, ${mode}`, on('D031', '/download/', downloads));
  await test(`browser: HY-20 HY-21 补打 says why, ${mode}`, on('D031', '/entry/?tab=done', reprint));
  await test(`browser: HY-20 用印情况登记表 is filled by printing, ${mode}`, on('shenhe1', '/seal/', seals));
  await test(`browser: what is not there or not allowed says so, ${mode}`, () => strangers(browser, js));
  await test(`browser: HY-1 the workbench of every role, ${mode}`, async () => {
    for (const [who, word] of ROLES)
      await at(browser, js, who, '/', async page => {
        await says(page, word);
        await look(page, 'workbench-' + who, 'workbench');
      });
  });
}

module.exports = { lists };

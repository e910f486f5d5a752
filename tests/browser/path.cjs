/* The entry case in Chromium from log-in to the printed notice, two roles, with
 * and without JavaScript; axe on every page; screenshots written.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const town = JSON.parse(process.env.BZ_TOWN);
/* A host name that is not loopback's: a link that forgets the base path or
 * names a host shows at once. */
const root = `http://bianzhi.test:${town.port}${town.base}`;
let tests = 0, failed = 0;

async function test(name, body) {
  tests++;
  try {
    await body();
    console.log(`ok ${tests} ${name}`);
  } catch (e) {
    failed++;
    console.log(`not ok ${tests} ${name}`);
    console.log('# ' + String(e.stack || e).split('\n').slice(0, 14).join('\n# '));
  }
}

function check(what, message) {
  if (!what) throw new Error(message);
}

async function look(page, name, js) {
  await page.screenshot({ path: path.join(town.screens, `${js ? 'js' : 'plain'}-${name}.png`), fullPage: true });
  check(await page.locator('h1').count() === 1, `${name}: not one h1`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth).catch(() => 0);
  check(wide <= 0, `${name}: scrolls sideways by ${wide} px`);
  if (!js) return;
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  check(found.violations.length === 0, `${name}: axe: ` + found.violations.map(v => `${v.id} at ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')}`).join('; '));
}

/* The button that a person sees; a form may begin with a hidden copy of its
 * first one, so that Enter does what is expected. */
async function press(page, value) {
  await page.locator(`button:not(.vh)[value="${value}"]`).first().click();
}

async function logIn(context, who) {
  const page = await context.newPage();
  await page.goto(root + '/');
  check(page.url().includes('/login'), 'not sent to the log-in page');
  await page.fill('#account', who.account);
  await page.fill('#operator', who.operator);
  await page.fill('#password', who.password);
  await page.click('form[action$="/login"] button');
  check(!page.url().includes('/login'), 'log-in failed: ' + page.url());
  return page;
}

async function person(page, name, number, sex) {
  await page.click('a[href$="/item/new"]');
  await page.fill('#name', name);
  await page.check(`input[name="sex"][value="${sex}"]`);
  await page.fill('#id_number', number);
  await press(page, 'verify');
  check((await page.textContent('main')).includes('新进人员'), '验证 did not say 新进人员');
  check(await page.inputValue('#name') === name, '验证 lost the name');
}

async function fill(page) {
  const chosen = { ethnic: '01', education: '21', political: '01', staffing_type: '11', identity: '1', civil_rank: 'A11', wage_source: '1',
    degree: '408' };
  const typed = { work_start: '20260701', native_place: '湖南长沙', party_join_date: '201906', school: '湖南大学', graduation_date: '202006',
    major: '环境工程' };
  for (const [field, value] of Object.entries(chosen))
    await page.selectOption(`#${field}`, value);
  for (const [field, value] of Object.entries(typed))
    await page.fill(`#${field}`, value);
  await page.selectOption('[name="duty.1.post"]', '0');
  for (const kind of ['idcard', 'degree'])
    await page.setInputFiles(`input[name="paper.${kind}"]`, town.scan);
  await page.setInputFiles('input[name="paper.photo"]', town.photo);
}

async function walk(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript';
  const options = { viewport: { width: 1366, height: 768 }, locale: 'zh-CN', javaScriptEnabled: js, bypassCSP: js };
  const desk = await browser.newContext(options), centre = await browser.newContext(options);
  for (const context of [desk, centre]) context.setDefaultTimeout(8000);
  let clerk, boss, address;

  await test(`browser: HY-2 HY-3 log-in of the clerk, ${mode}`, async () => {
    const page = await desk.newPage();
    await page.goto(root + '/login');
    await look(page, 'login', js);
    await page.close();
    clerk = await logIn(desk, town.clerk);
    await look(clerk, 'workbench', js);
  });
  await test(`browser: HY-10 HY-11 HY-12 新建 with 申请单位 and 进入形式, ${mode}`, async () => {
    await clerk.click('nav >> text=人员入编管理');
    await look(clerk, 'list', js);
    await clerk.click('main >> text=新建');
    await look(clerk, 'head', js);
    await clerk.selectOption('#entry_mode', '01');
    await press(clerk, 'save');
    check(/\/entry\/\d+/.test(clerk.url()), 'no case: ' + clerk.url());
    address = clerk.url().split('?')[0];
  });
  await test(`browser: HY-13 a paper, ${mode}`, async () => {
    await clerk.setInputFiles('input[name="paper.approval"]', town.scan);
    await clerk.setInputFiles('input[name="paper.procedure"]', town.scan);
    await press(clerk, 'add');
    check((await clerk.textContent('main')).includes('编制审批表.pdf'), 'the paper is not listed');
  });
  await test(`browser: HY-15 HY-67 验证, error summary with links, 保存, ${mode}`, async () => {
    await person(clerk, '周文博', town.numbers.shift(), '1');
    await press(clerk, 'save');
    check(await clerk.locator('.errsum a').count() >= 4, 'the error summary is short');
    await look(clerk, 'errors', js);
    const links = await clerk.locator('.errsum a').evaluateAll(a => a.map(x => x.getAttribute('href')));
    for (const link of links)
      check(await clerk.locator('[id="' + link.split('#')[1] + '"]').count() === 1, 'a link of the summary leads nowhere: ' + link);
    await fill(clerk);
    await press(clerk, 'check');
    check((await clerk.textContent('main')).includes('校验通过'), '校验 does not pass: ' + (await clerk.textContent('main')).slice(0, 600));
    await look(clerk, 'item', js);
    await press(clerk, 'save');
    check(clerk.url().split('?')[0] === address, 'not back at the case: ' + clerk.url());
    await person(clerk, '谭𬭎', town.numbers.shift(), '2');
    await fill(clerk);
    await press(clerk, 'add:duty');
    check(await clerk.locator('[name="duty.2.post"]').count() === 1, 'no second row');
    await press(clerk, 'del:duty:2');
    check(await clerk.inputValue('#work_start') === '2026-07-01', 'a typed date was lost');
    await press(clerk, 'save');
    await look(clerk, 'case', js);
  });
  await test(`browser: HY-19 every value once more, then 上报, ${mode}`, async () => {
    await clerk.click('a[href$="/confirm"]');
    await look(clerk, 'confirm', js);
    await press(clerk, 'submit');
    check((await clerk.textContent('main')).includes('事务中心审核'), 'not submitted');
    await look(clerk, 'submitted', js);
  });
  await test(`browser: review, 退回 needs a reason, 核准, ${mode}`, async () => {
    boss = await logIn(centre, town.reviewer);
    await look(boss, 'reviewer-workbench', js);
    await boss.goto(address + '/review');
    await look(boss, 'review', js);
    await boss.locator('aside a.file').first().click();
    check(await boss.locator('iframe[name="scan"]').count() === 1, 'no paper beside the data');
    await boss.setViewportSize({ width: 683, height: 768 });
    await look(boss, 'review-scan-zoom200', js);
    await boss.setViewportSize({ width: 1366, height: 768 });
    await look(boss, 'review-scan', js);
    await boss.goto(address.replace(/\d+$/, 'batch?pick=') + address.match(/\d+$/)[0]);
    await look(boss, 'batch', js);
    await boss.goto(address + '/review');
    await press(boss, 'return');
    await look(boss, 'return-without-reason', js);
    check((await boss.textContent('main')).includes('意见'), 'no word on the missing reason');
    await boss.goto(address + '/review');
    await press(boss, 'approve');
    await boss.goto(address);
    check((await boss.textContent('main')).includes('示编入〔'), 'no number');
  });
  await test(`browser: HY-21 the notice, printed on A4, ${mode}`, async () => {
    await clerk.goto(address);
    await look(clerk, 'done', js);
    await clerk.locator('form[action$="/print/notice"] button:not(.vh)').first().click();
    check(clerk.url().endsWith('/print/notice'), 'no sheet: ' + clerk.url());
    check((await clerk.textContent('body')).includes('入编核准通知单'), 'no title');
    await clerk.screenshot({ path: path.join(town.screens, `${js ? 'js' : 'plain'}-notice.png`), fullPage: true });
    const pdf = await clerk.pdf({ path: path.join(town.screens, 'notice.pdf'), preferCSSPageSize: true });
    const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
    check(pages === 3, `${pages} printed pages for three copies`);
  });
  await test(`browser: HY-20 HY-23 one press prints three notices and one 审批单, a reprint asks why, the register has them, ${mode}`, async () => {
    await clerk.goto(address);
    await clerk.locator('form[action$="/print/all"] button:not(.vh)').first().click();
    check((await clerk.textContent('main')).includes('补打原因'), 'a second print without a reason');
    await look(clerk, 'print-without-reason', js);
    await clerk.fill('[id="why.all"]', '交财政部门');
    await clerk.locator('form[action$="/print/all"] button:not(.vh)').first().click();
    check(clerk.url().endsWith('/print/all'), 'no sheets: ' + clerk.url());
    await look(clerk, 'print-all', js);
    const persons = await clerk.locator('section.sheet', { hasText: '入编审批单' }).count();
    const pdf = await clerk.pdf({ preferCSSPageSize: true });
    const pages = (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length;
    check(persons > 0 && pages === 3 + persons, `${pages} printed pages for three copies and ${persons} persons`);
    const code = (await clerk.locator('.qr b').first().textContent()).trim();
    await boss.goto(root + '/seal/');
    check((await boss.textContent('main')).includes('交财政部门'), 'the register does not have it');
    await look(boss, 'seal', js);
    await boss.goto(root + '/check/');
    await boss.fill('#code', code);
    await boss.click('form[action$="/check/"] button');
    check((await boss.textContent('main')).includes('有效'), 'the code is not known');
    await look(boss, 'check', js);
  });
  await test(`browser: person and unit pages, ${mode}`, async () => {
    await clerk.goto(root + '/staffing/person/');
    await look(clerk, 'persons', js);
    await clerk.locator('main table a').first().click();
    await look(clerk, 'person', js);
    await clerk.goto(root + '/staffing/unit/');
    await look(clerk, 'units', js);
    await clerk.locator('main table a').first().click();
    await look(clerk, 'unit', js);
  });
  await test(`browser: narrow and enlarged pages do not scroll sideways, ${mode}`, async () => {
    for (const [width, name] of [[683, 'zoom200'], [320, 'narrow']]) {
      await clerk.setViewportSize({ width, height: 768 });
      for (const where of ['/', '/entry/', '/entry/new']) {
        await clerk.goto(root + where);
        const wide = await clerk.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        check(wide <= 0, `${where} at ${width} px scrolls sideways by ${wide} px`);
        await clerk.screenshot({ path: path.join(town.screens, `${js ? 'js' : 'plain'}-${name}${where.replace(/\//g, '-')}.png`) });
      }
    }
  });
  await desk.close();
  await centre.close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu',
    '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run', '--disable-component-update',
    '--disable-sync', '--disable-quic', '--host-resolver-rules=MAP bianzhi.test 127.0.0.1'] });
  for (const js of [true, false]) await walk(browser, js);
  await browser.close();
  console.log(`1..${tests}`);
  process.exit(failed ? 1 : 0);
})().catch(e => { console.log('# ' + e.stack); console.log(`not ok ${tests + 1} browser: ran to its end`); console.log(`1..${tests + 1}`); process.exit(1); });

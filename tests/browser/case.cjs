/* The same case under both chains: two or three persons, taken back once, returned
 * for two fields, approved but for one person, its sheets printed; with and
 * without JavaScript.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const path = require('path');
const { walker, check, same, desk, logIn, go, press, says, hides, look, guide, fetched, town, root } = require('./lib.cjs');

const COMMON = { ethnic: '01', education: '21', political: '01', identity: '1', wage_source: '1', degree: '408' };
const TYPED = { work_start: '20260701', native_place: '湖南长沙', party_join_date: '201906', school: '湖南大学',
  graduation_date: '202006', major: '环境工程' };
/* Who decides: the desk that returns the case, who passes it on between that
 * and the last one, and the words of the steps. */
const CHAINS = {
  counter: { clerk: 'D031', mode: '01', fields: { staffing_type: '11', civil_rank: 'A11' },
    before: [], returns: 'shenhe1', after: [['shenhe1', 'forward', '编制类别请业务科把关']], last: 'xingbian',
    first: '事务中心审核', steps: ['单位填报', '事务中心审核', '业务科审核'] },
  online: { clerk: 'X305', mode: '09', fields: { staffing_type: '22', structure: '2', post_category: 'Z' },
    before: [['X307', 'pass', '情况属实']], returns: 'xianshi', after: [['xianshi', 'pass', '']], last: 'xianfen',
    first: '主管部门审核', steps: ['单位填报', '主管部门审核', '业务科审核', '分管领导审批'] },
};
/* What a remark on 学历 and one on 民族 open: what hangs together opens together. */
const OPEN_AGAIN = ['degree', 'education', 'ethnic', 'graduation_date', 'major', 'paper.degree', 'school'];
const NAMES = ['周文博', '谭𬭎', '赵䶮'];

/* The lanes run side by side: whoever comes takes the next number and its sex. */
async function begin(page, name) {
  const [number, sex] = town.numbers.shift();
  await go(page, page.locator('a[href$="/item/new"]').first());
  await page.fill('#name', name);
  await page.check(`input[name="sex"][value="${sex}"]`);
  await page.fill('#id_number', number);
  await press(page, 'verify');
  await says(page, '新进人员');
  check(await page.inputValue('#name') === name, '验证 lost the name');
}

/* A file for every paper that the page asks for; how many. */
async function attach(page) {
  const names = await page.locator('input[type="file"][name^="paper."]').evaluateAll(all => all.map(e => e.name));
  for (const name of names)
    await page.setInputFiles(`input[name="${name}"]`, name === 'paper.photo' ? town.photo : town.scan);
  return names.length;
}

async function fill(page, fields) {
  for (const [field, value] of Object.entries(Object.assign({}, fields, COMMON)))
    await page.selectOption(`#${field}`, value);
  for (const [field, value] of Object.entries(TYPED))
    await page.fill(`#${field}`, value);
  await page.selectOption('[name="duty.1.post"]', '0');
  if (fields.post_category === 'Z') {
    if (!await page.locator('[name="qualification.1.kind"]').count()) await press(page, 'add:qualification');
    await page.selectOption('[name="qualification.1.kind"]', 'none');
  }
  await attach(page);
}

async function papers(page) {
  check(await attach(page) > 0, 'no paper is asked for');
  await press(page, 'add');
  await says(page, '编制审批表.pdf');
}

async function handIn(page, address, chain) {
  await page.goto(address + '/confirm');
  await press(page, 'submit');
  await says(page, chain.first);
}

/* The button of a move; where a page asks once more, the same again. */
async function decide(page, address, move, opinion) {
  await page.goto(address + '/review');
  if (opinion) await page.fill('#opinion', opinion);
  await press(page, move);
  if (await page.locator('input[name="confirmed"]').count()) await press(page, move);
}

async function walk(browser, kind, js) {
  const chain = CHAINS[kind], how = `${kind}, ${js ? 'with' : 'without'} JavaScript`, tag = `${kind}-`;
  const at = {}, test = walker(), names = NAMES.slice(kind === 'counter' && js ? 0 : 1), most = names.slice(0, -1);
  let clerk, address, remarked;
  const show = async (...what) => { if (kind === 'counter') await guide(...what); };
  const see = (page, name) => look(page, tag + name, name);
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));

  await test(`browser: HY-1 HY-2 HY-3 HY-10 HY-12 log-in, 新建, 进入形式, ${how}`, async () => {
    clerk = await as(chain.clerk);
    await go(clerk, clerk.locator('nav >> text=人员入编管理').first());
    await see(clerk, 'list');
    await go(clerk, clerk.locator('main >> text=新建').first());
    await see(clerk, 'head');
    await clerk.selectOption('#entry_mode', chain.mode);
    await show(clerk, 'head');
    await press(clerk, 'save');
    check(/\/entry\/\d+/.test(clerk.url()), 'no case: ' + clerk.url());
    address = clerk.url().split('?')[0];
  });
  await test(`browser: HY-13 papers, ${how}`, async () => {
    await show(clerk, 'papers', '.v-case form[enctype]');
    await papers(clerk);
    await see(clerk, 'papers');
  });
  await test(`browser: HY-7 HY-15 HY-17 HY-67 添加, 验证, error summary with links, 校验, 保存, ${how}`, async () => {
    await begin(clerk, names[0]);
    await show(clerk, 'verified');
    await press(clerk, 'save');
    check(await clerk.locator('.errsum a').count() >= 4, 'the error summary is short');
    await see(clerk, 'errors');
    await show(clerk, 'errors');
    const links = await clerk.locator('.errsum a').evaluateAll(a => a.map(x => x.getAttribute('href')));
    for (const link of links)
      check(await clerk.locator('[id="' + link.split('#')[1] + '"]').count() === 1, 'a link of the summary leads nowhere: ' + link);
    await fill(clerk, chain.fields);
    if (js) { // cut and made small before it is sent
      await clerk.waitForFunction("document.querySelector('[data-photo]').files[0].type === 'image/jpeg'");
      check(await clerk.locator('.photo canvas').count() === 1, 'the chosen photo is not shown');
    }
    await press(clerk, 'check');
    check(await clerk.locator('.photo img').evaluate(i => i.complete && i.naturalWidth) === 358, 'HY-46 the photo is not there');
    await says(clerk, '校验通过');
    await see(clerk, 'item');
    await press(clerk, 'add:duty');
    check(await clerk.locator('[name="duty.2.post"]').count() === 1, 'no second row');
    await press(clerk, 'del:duty:2');
    check(await clerk.inputValue('#work_start') === '2026-07-01', 'a typed date was lost');
    await press(clerk, 'save');
    check(clerk.url().split('?')[0] === address, 'not back at the case: ' + clerk.url());
    for (const name of names.slice(1)) {
      await begin(clerk, name);
      await fill(clerk, chain.fields);
      await press(clerk, 'save');
    }
    await says(clerk, ...names);
    await see(clerk, 'case');
    await show(clerk, 'case');
  });
  await test(`browser: HY-19 every value once more, 上报, then 撤回 and 上报 again, ${how}`, async () => {
    await go(clerk, clerk.locator('a[href$="/confirm"]').first());
    await see(clerk, 'confirm');
    await show(clerk, 'confirm');
    await press(clerk, 'submit');
    await says(clerk, chain.first);
    await see(clerk, 'submitted');
    await press(clerk, 'withdraw');
    await says(clerk, '申请单已撤回');
    check(await clerk.locator('a[href$="/item/new"]').count() > 0, 'nothing can be changed after 撤回');
    await handIn(clerk, address, chain);
    for (const [who, move, word] of chain.before) {
      const page = await as(who);
      await decide(page, address, '', '').catch(() => {});
      await see(page, 'review-' + who);
      await decide(page, address, move, word);
    }
  });
  await test(`browser: 退回 needs a reason and opens what was remarked and what hangs together with it, ${how}`, async () => {
    const boss = await as(chain.returns);
    await boss.goto(address + '/review');
    await see(boss, 'review');
    await show(boss, 'review');
    await boss.locator('a.file').first().click();
    check(await boss.locator('iframe[name="scan"]').count() === 1, 'no paper beside the data');
    check(await boss.locator('a.proof[target="scan"]').count() > 3, 'no paper beside its fields');
    await boss.fill('#opinion', '看附件前写的意见');
    await boss.locator('ul.scans a').last().click();
    check(await boss.inputValue('#opinion') === '看附件前写的意见', 'another paper lost what was typed');
    await boss.fill('#opinion', '');
    await see(boss, 'review-scan');
    await boss.goto(address + '/review');
    await press(boss, 'return');
    await boss.locator('#opinion[aria-invalid="true"]').waitFor();
    await boss.goto(address + '/review');
    const item = boss.locator('section.item').first();
    await item.locator('summary', { hasText: '退回意见' }).click();
    remarked = (await item.locator('[name$=".education"]').getAttribute('name')).split('.')[1];
    await boss.fill(`[name="remark.${remarked}.education"]`, '与毕业证书不符');
    await boss.fill(`[name="remark.${remarked}.ethnic"]`, '与身份证不符');
    await boss.fill('#opinion', `${names[0]}的学历、民族与材料不符，请核对后改正`);
    await show(boss, 'remarks', 'section.item');
    await press(boss, 'return');
    await clerk.goto(address);
    await says(clerk, '请核对后改正');
    await see(clerk, 'returned');
    await show(clerk, 'returned');
    await clerk.goto(`${address}/item/${remarked}`);
    await says(clerk, '与毕业证书不符', '与身份证不符');
    await see(clerk, 'returned-item');
    await show(clerk, 'returned-item');
    const open = await clerk.locator('main form.form').first().locator('input:not([type="hidden"]), select, textarea').evaluateAll(all => all.map(e => e.name));
    same([...new Set(open)].sort(), OPEN_AGAIN, 'open again');
    await says(clerk, '相关项目（毕业学校');
    await clerk.selectOption('#education', '31');
    await clerk.selectOption('#ethnic', '02');
    await press(clerk, 'save');
    await handIn(clerk, address, chain);
  });
  await test(`browser: the second look shows what changed and folds the rest, ${how}`, async () => {
    for (const [who, move, word] of chain.before) await decide(await as(who), address, move, word);
    const boss = await as(chain.returns);
    await boss.goto(address + '/review');
    const changed = boss.locator('section.item').first().locator('tr:has(del) th');
    same((await changed.allTextContents()).sort(), ['学历', '民族'], 'changed');
    same(await boss.locator('section.item').nth(1).locator('tr:has(del) th').count(), 0, 'changes of another person');
    check(!await boss.locator('section.item').first().locator('details.same dt').first().isVisible(), 'what is unchanged is not folded');
    await see(boss, 'second-look');
    await show(boss, 'second-look', 'section.item');
    for (const [who, move, word] of chain.after) await decide(await as(who), address, move, word);
  });
  await test(`browser: 部分核准 of some of the persons, the last goes back in a case of its own, ${how}`, async () => {
    const last = await as(chain.last);
    await last.goto(address + '/review');
    const shown = await last.locator('ol.steps strong').allTextContents();
    same(shown.slice(0, chain.steps.length), chain.steps, 'steps');
    const boxes = last.locator('input[name="take"]');
    same(await boxes.count(), names.length, 'boxes');
    for (const n of most.keys()) await boxes.nth(n).check();
    await last.fill('#opinion', '另一人的材料补正后再报');
    await see(last, 'part');
    await show(last, 'part', 'section.opinion');
    await press(last, 'part');
    await says(last, `核准（${most.length} 人）`, '退回（1 人）', '另一人的材料补正后再报', '《入编核准通知单》一式三联');
    await see(last, 'ask');
    await show(last, 'ask', 'main');
    await press(last, '1'); // 返回修改
    check(await last.inputValue('#opinion') === '另一人的材料补正后再报', '返回修改 lost the opinion');
    same(await boxes.evaluateAll(all => all.filter(e => e.checked).length), most.length, 'ticks after 返回修改');
    await press(last, 'part');
    await press(last, 'part');
    await clerk.goto(address);
    await says(clerk, ...most, '另成一张申请单');
    await hides(clerk, '赵䶮');
    await see(clerk, 'done');
    await show(clerk, 'done');
    await clerk.goto(`${root}/entry/?tab=returned`);
    await says(clerk, '赵䶮');
  });
  await test(`browser: HY-20 HY-21 HY-23 three 通知单 and one 审批单 for each person, PDF, public check page, ${how}`, async () => {
    await clerk.goto(address);
    await go(clerk, clerk.locator('form[action$="/print/all"] button:not(.vh)').first());
    await says(clerk, '入编核准通知单', '入编审批单', ...most);
    await clerk.screenshot({ path: path.join(town.screens, `${js ? 'js' : 'plain'}-${tag}sheets.png`), fullPage: true });
    await show(clerk, 'sheets');
    const pdf = await clerk.pdf({ path: path.join(town.screens, tag + 'sheets.pdf'), preferCSSPageSize: true });
    same((pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length, 3 + most.length, 'printed pages');
    const made = await fetched(clerk, await clerk.locator('a[href*="pdf"]').first().getAttribute('href'));
    same([made.status, made.type, made.body.subarray(0, 5).toString()], [200, 'application/pdf', '%PDF-'], 'the PDF');
    same((made.body.toString('latin1').match(/\/Type\s*\/Page\b/g) || []).length, 3 + most.length, 'pages of the PDF');
    const code = (await clerk.textContent('body')).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
    const street = await (await desk(browser, js)).newPage();
    await street.goto(`${root}/check/${code}`);
    await says(street, '有效', '示');
    await hides(street, ...names);
    await see(street, 'check');
    await show(street, 'check', 'main');
    await street.goto(`${root}/check/`);
    await see(street, 'check-ask');
    await street.context().close();
  });
  for (const page of Object.values(at)) await page.context().close();
}

module.exports = { walk, begin, fill, papers, handIn, decide };

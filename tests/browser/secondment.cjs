/* A school lends somebody to an office of the city: both see them in 借调、混岗人员, the
 * office no more than that.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, logIn, go, press, says, look, town } = require('./lib.cjs');
const { handIn, decide } = require('./case.cjs');

async function lend(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', test = walker(), at = {};
  const as = async who => at[who] || (at[who] = await logIn(browser, js, who));
  let page, address, name;

  await test(`browser: 借调 is registered for somebody ticked in the list, ${mode}`, async () => {
    page = await as('X305');
    await go(page, page.locator('nav >> text=借调、混岗登记').first());
    await go(page, page.locator('main >> text=新建').first());
    await look(page, 'away-head');
    await press(page, 'save');
    address = page.url().split('?')[0];
    await go(page, page.locator('a[href$="/pick"]').first());
    const row = page.locator('#pick tbody tr').nth(js ? 10 : 12);
    name = (await row.locator('td').nth(1).textContent()).trim();
    await row.locator('input').check();
    await press(page, 'add');
    await go(page, page.locator('#items tbody tr', { hasText: name }).locator('a', { hasText: '修改' }).first());
    const today = new Date(Date.now() + 8 * 3600e3), soon = new Date(today.getTime() + 20 * 86400e3);
    await page.selectOption('#kind', '1');
    await page.fill('#workplace', '示例市生态环境局');
    await page.fill('#workplace_post', '办公室');
    await page.fill('#since', today.toISOString().slice(0, 10));
    await page.fill('#until', soon.toISOString().slice(0, 10));
    await page.fill('#doc_no', '示组调〔2026〕3号');
    await page.setInputFiles('input[name="paper.secondment_paper"]', town.scan);
    await look(page, 'away-item');
    await press(page, 'save');
    await handIn(page, address, { first: '主管部门审核' });
  });
  await test(`browser: 借调 is decided by the section; both units see the person, ${mode}`, async () => {
    await decide(await as('X307'), address, 'pass');
    const section = await as('xianshi');
    await section.goto(address + '/review');
    await look(section, 'away-review');
    await decide(section, address, 'approve');
    await page.goto(address);
    await says(page, '已核准');
    await look(page, 'away-done');
    await go(page, page.locator('nav >> text=借调、混岗人员').first());
    await says(page, name, '示例市生态环境局', '示组调〔2026〕3号');
    await look(page, 'away-list');
    await go(page, page.locator('#away tbody tr', { hasText: name }).locator('a').first());
    await says(page, '实际工作单位');
    await look(page, 'away-card');
    const other = await as('D031');
    await go(other, other.locator('nav >> text=借调、混岗人员').first());
    await says(other, name);
    check(await other.locator('#away tbody a', { hasText: name }).count() === 0, 'the card is theirs who count them');
    await other.goto(address);
    await says(other, '没有');
  });
}

module.exports = { lend };

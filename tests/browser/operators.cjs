/* The pages of 安全管理员: an account's operators from the first password to
 * 停用, and their desks; each page without a fault at 1280 and 320 px.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const { walker, check, same, desk, logIn, go, press, says, hides, look, obey, wide, root } = require('./lib.cjs');

const MINE = 'Qiao7-tou-lin', NEXT = 'Qiao8-tou-lin';

/* Whose account the new operator works at; the walks run on two. */
const UNITS = { true: 'K001', false: 'S012' };

async function see(page, name) {
  await look(page, 'operators-' + name, null);
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 768 });
    check(await wide(page) <= 0, `${name}: scrolls sideways at ${width} px`);
    if (page.context().js) await obey(page, `${name} at ${width} px`);
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

/* The log-in page, filled in and sent. */
async function enter(page, account, operator, password) {
  await page.goto(root + '/login');
  await page.fill('#account', account);
  await page.fill('#operator', operator);
  await page.fill('#password', password);
  await go(page, page.locator('form[action$="/login"] button'));
}

/* The first password, which stands on this page and no other. */
async function once(page) {
  await says(page, '初始密码只在本页显示这一次');
  const password = (await page.locator('#once .secret').textContent()).trim();
  check(/^[0-9A-Za-z]{10,}$/.test(password), 'no first password: ' + password);
  return password;
}

async function change(page, old, fresh, again = fresh) {
  await page.fill('#old_password', old);
  await page.fill('#new_password', fresh);
  await page.fill('#new_password_again', again);
  await go(page, page.locator('form[action$="/password"] button.pri').first());
}

function row(page, name) {
  return page.locator('#operators tbody tr', { hasText: name });
}

async function open(page, account) {
  await page.goto(root + '/account/');
  await page.fill('form.query [name="q"]', account);
  await go(page, page.locator('form.query button.pri').first());
  await go(page, page.locator('#accounts tbody a', { hasText: account }).first());
  await says(page, '增加经办人');
}

async function operators(browser, js) {
  const mode = js ? 'with JavaScript' : 'without JavaScript', unit = UNITS[js], name = js ? '欧阳新' : '上官新';
  const test = walker(), title = what => `browser: HY-6 ${what}, ${mode}`;
  let admin, who, first;

  await test(title('安全管理员 adds an operator; what is missing is said at its field; the first password stands on one page'), async () => {
    admin = await logIn(browser, js, 'anquan');
    await admin.goto(root + '/account/new');
    await see(admin, 'new');
    await open(admin, unit);
    await see(admin, 'account');
    await press(admin, 'add');
    check(await admin.locator('#operator[aria-invalid="true"]').count() === 1, 'a name is not asked for');
    await see(admin, 'missing');
    await admin.fill('#operator', name);
    await admin.check('input[name="roles"][value="clerk"]');
    await press(admin, 'add');
    first = await once(admin);
    await see(admin, 'once');
    await open(admin, unit);
    await hides(admin, first);
    check((await row(admin, name).textContent()).includes('初始密码，'), 'the page does not say how long it holds');
  });

  await test(title('the first password opens its change and nothing else'), async () => {
    who = await (await desk(browser, js)).newPage();
    await enter(who, unit, name, first);
    check(who.url().includes('/password'), 'not led to the change: ' + who.url());
    await see(who, 'first');
    await who.goto(root + '/entry/');
    check(who.url().includes('/password'), 'the first password opens the list');
    await change(who, first, MINE, NEXT);
    check(await who.locator('[aria-invalid="true"]').count() > 0, 'two different passwords are taken');
    await see(who, 'change');
    await change(who, first, MINE);
    await who.goto(root + '/entry/');
    await says(who, '人员入编');
  });

  await test(title('wrong passwords lock an operator; the page of the account says until when; a first password opens again'), async () => {
    const stranger = await (await desk(browser, js)).newPage();
    for (let n = 0; n < 6; n++) await enter(stranger, unit, name, 'wrong-' + n);
    await see(stranger, 'wrong');
    await enter(stranger, unit, name, MINE);
    check(stranger.url().includes('/login'), 'the lock does not hold');
    await open(admin, unit);
    await says(admin, '输错多次，锁定至');
    await see(admin, 'locked');
    await go(admin, row(admin, name).locator('button[value^="first:"]'));
    first = await once(admin);
    await enter(stranger, unit, name, first);
    await change(stranger, first, NEXT);
    await stranger.goto(root + '/entry/');
    await says(stranger, '人员入编');
    await who.goto(root + '/entry/');
    check(who.url().includes('/login'), 'the session of before goes on');
    who = stranger;
  });

  await test(title('A5.12 an operator of the office is moved to another desk and back'), async () => {
    await open(admin, 'shibian');
    await see(admin, 'desk');
    const move = async to => {
      await admin.selectOption('#sitter', { label: (await admin.locator('#sitter option', { hasText: '方雪梅' }).textContent()).trim() });
      await admin.selectOption('#to', to);
      await press(admin, 'desk');
    };
    await move('');
    check(await admin.locator('#to[aria-invalid="true"]').count() === 1, 'a reviewer of desks without one');
    await see(admin, 'desk-missing');
    await move('行编科');
    same((await row(admin, '方雪梅').locator('th, td').nth(2).textContent()).trim(), '行编科', 'the desk');
    await move('事编科');
    same((await row(admin, '方雪梅').locator('th, td').nth(2).textContent()).trim(), '事编科', 'the desk');
  });

  await test(title('停用 ends the way in; 恢复 gives a first password'), async () => {
    await open(admin, unit);
    await go(admin, row(admin, name).locator('button[value^="close:"]'));
    check((await row(admin, name).textContent()).includes('停用'), 'the row does not say it');
    await see(admin, 'closed');
    await who.goto(root + '/entry/');
    check(who.url().includes('/login'), 'the session goes on');
    await enter(who, unit, name, NEXT);
    check(who.url().includes('/login'), 'who is closed comes in');
    await go(admin, row(admin, name).locator('button', { hasText: '恢复' }));
    await enter(who, unit, name, await once(admin));
    check(who.url().includes('/password'), 'who was opened again does not come in');
    await open(admin, unit);
    await go(admin, row(admin, name).locator('button[value^="close:"]'));
  });

  for (const page of [admin, who]) if (page) await page.context().close();
}

module.exports = { operators };

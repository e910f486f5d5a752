/* What the browser tests share: TAP, looking at a page, people at work.
 * SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const town = JSON.parse(process.env.BZ_TOWN);
/* A host name that is not loopback's: a link that forgets the base path or
 * names a host shows at once. */
const root = `http://bianzhi.test:${town.port}${town.base}`;
const WIDTHS = [[683, '200 % zoom'], [320, 'a telephone'], [1366, 'a desk']];
const obeyed = new Set();
let tests = 0, failed = 0;

/* The tests of one walk go on from each other: after the first that fails the
 * others fail at once. */
function walker() {
  const walk = { broken: '' };
  return (name, body) => test(name, async () => {
    if (walk.broken) throw Object.assign(new Error('not reached, after: ' + walk.broken), { short: true });
    await body().catch(e => { walk.broken = name; throw e; });
  });
}

/* The end of the server's log: did what a page waited for arrive, and how long did it take? */
function served() {
  const lines = fs.readFileSync(town.log, 'utf8').trim().split('\n').slice(-16);
  return '\n# app.log:\n#   ' + lines.join('\n#   ');
}

async function test(name, body) {
  const began = Date.now();
  let said = 'ok', why = '';
  try {
    await body();
  } catch (e) {
    failed++;
    said = 'not ok';
    why = '\n# ' + String(e.short ? e.message : e.stack || e).split('\n').slice(0, 14).join('\n# ') + (e.short ? '' : served());
  }
  console.log(`${said} ${++tests} ${name}${why}\n# ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

function check(what, message) {
  if (!what) throw new Error(message);
}

function same(got, want, message) {
  check(JSON.stringify(got) === JSON.stringify(want), `${message}: ${JSON.stringify(got)}, not ${JSON.stringify(want)}`);
}

/* One worker's desk: a context of its own, with or without JavaScript. */
async function desk(browser, js) {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', javaScriptEnabled: js,
    bypassCSP: js, acceptDownloads: true });
  context.setDefaultTimeout(30000); // what hangs, not what is slow
  context.js = js;
  return context;
}

async function logIn(browser, js, account, operator) {
  const who = town.accounts.find(a => a.account === account && (!operator || a.operator === operator));
  check(who, 'the demo has no account ' + account);
  const page = await (await desk(browser, js)).newPage();
  await page.goto(root + '/');
  check(page.url().includes('/login'), 'not sent to the log-in page');
  await page.fill('#account', who.account);
  await page.fill('#operator', who.operator);
  await page.fill('#password', who.password);
  await go(page, page.locator('form[action$="/login"] button'));
  check(!page.url().includes('/login'), 'log-in failed: ' + page.url());
  return page;
}

/* Clicks what leads to another page, and waits until that is there. */
async function go(page, what) {
  await Promise.all([page.waitForNavigation(), what.click()]);
}

/* The button that a person sees; a form may begin with a hidden copy of its
 * first one, so that Enter does what is expected. */
async function press(page, value) {
  await go(page, page.locator(`main button:not(.vh)[value="${value}"]`).first());
}

/* The page that a press led to may still be on its way: each word is waited for. */
async function says(page, ...words) {
  for (const word of words)
    await page.locator('body', { hasText: word }).waitFor({ state: 'attached' }).catch(async () => {
      const text = (await page.textContent('body')).replace(/\s+/g, ' ');
      throw new Error(`${page.url()} does not say ${word}: ${text.slice(0, 1500)}`);
    });
}

async function hides(page, ...words) {
  const text = await page.textContent('body');
  for (const word of words)
    check(!text.includes(word), `${page.url()} says ${word}`);
}

async function wide(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function obey(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => window.axe.run(document,
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  check(found.violations.length === 0, `${name}: axe: ` + found.violations.map(v =>
    `${v.id} at ${v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(', ')}`).join('; '));
}

/* Names of elements that stand twice: a link or label would lead to the wrong one. */
async function twice(page) {
  return page.evaluate(() => {
    const seen = {};
    for (const e of document.querySelectorAll('[id]')) seen[e.id] = (seen[e.id] || 0) + 1;
    return Object.keys(seen).filter(id => seen[id] > 1);
  });
}

/* Every page that is met: one h1, no sideways scroll at any width, a picture;
 * where scripts run also axe, once for each KIND of page, wide and narrow; null:
 * the caller sees to it. */
async function look(page, name, kind = name) {
  const js = page.context().js;
  check(await page.locator('h1').count() === 1, `${name}: not one h1`);
  same(await twice(page), [], `${name}: ids that stand twice`);
  for (const [width, what] of js ? WIDTHS : WIDTHS.slice(2)) {
    await page.setViewportSize({ width, height: 768 });
    const over = await wide(page);
    check(over <= 0, `${name}: scrolls sideways by ${over} px at ${width} px (${what})`);
    if (width === 320 && js) {
      await page.screenshot({ path: path.join(town.screens, `narrow-${name}.png`), fullPage: true });
      if (kind && !obeyed.has(kind)) await obey(page, `${name} at ${width} px`);
    }
  }
  await page.screenshot({ path: path.join(town.screens, `${js ? 'js' : 'plain'}-${name}.png`), fullPage: js });
  if (js && kind && !obeyed.has(kind)) {
    obeyed.add(kind);
    await obey(page, name);
  }
}

/* A file as the page's own browser would get it. */
async function fetched(page, href) {
  const cookies = await page.context().cookies();
  const url = new URL(href, page.url());
  return new Promise((done, bad) => http.get({ host: '127.0.0.1', port: url.port, path: url.pathname + url.search,
    headers: { cookie: cookies.map(c => `${c.name}=${c.value}`).join('; ') } }, answer => {
    const parts = [];
    answer.on('data', d => parts.push(d)).on('error', bad)
      .on('end', () => done({ status: answer.statusCode, type: answer.headers['content-type'], body: Buffer.concat(parts) }));
  }).on('error', bad));
}

/* A screen of the guides in doc/: the part of the page that WHERE names, or
 * the window.  Written only when they are to be renewed. */
async function guide(page, name, where) {
  if (!town.guides || !page.context().js) return;
  const file = path.join(town.guides, name + '.png');
  await page.evaluate(() => window.scrollTo(0, 0));
  if (where) await page.locator(where).first().screenshot({ path: file });
  else await page.screenshot({ path: file });
}

async function run(subjects) {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium-headless-shell', args: ['--no-sandbox', '--disable-gpu',
    '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run', '--disable-component-update',
    '--disable-sync', '--disable-quic', '--host-resolver-rules=MAP bianzhi.test 127.0.0.1'] });
  await Promise.all(subjects.map(async lane => { for (const subject of lane) await subject(browser); }));
  await browser.close();
  console.log(`1..${tests}`);
  return failed;
}

module.exports = { test, walker, check, same, desk, logIn, go, press, says, hides, wide, obey, look, guide, fetched, run, town, root };

/* node static.cjs DIR: axe on every rendered sample in DIR (tests/html/render),
 * and no sideways scroll at 320 px and at 200 % zoom.  Needs playwright-core
 * and axe-core in NODE_PATH and chromium.  SPDX-License-Identifier: MulanPSL-2.0 */
'use strict';
const fs = require('fs');
const path = require('path');
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];

async function look (context, file) {
  const bad = [];
  const page = await context.newPage();
  await page.goto('file://' + file);
  await page.evaluate(axe);
  const found = await page.evaluate(
    (tags) => axe.run(document, { runOnly: tags }), rules);
  for (const v of found.violations) { bad.push(v.id + ' ' + v.nodes[0].target); }
  for (const width of [320, 683]) {
    await page.setViewportSize({ width: width, height: 600 });
    const over = await page.evaluate(
      () => document.querySelector('.sheet') ? 0
        : document.documentElement.scrollWidth - innerWidth);
    if (over > 0) { bad.push('sideways by ' + over + ' px at ' + width); }
  }
  await page.close();
  return bad;
}

(async () => {
  const dir = path.resolve(process.argv[2]);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
      '--disable-background-networking', '--no-first-run'] });
  const context = await browser.newContext(
    { locale: 'zh-CN', viewport: { width: 1366, height: 768 } });
  let failed = 0, n = 0;
  for (const f of fs.readdirSync(dir).filter((x) => x.endsWith('.html'))) {
    const bad = await look(context, path.join(dir, f));
    failed += bad.length > 0;
    console.log((bad.length ? 'not ok ' : 'ok ') + ++n + ' ' + f);
    bad.forEach((b) => console.log('# ' + b));
  }
  console.log('1..' + n);
  await browser.close();
  process.exit(failed ? 1 : 0);
})().catch((e) => { console.error(e); process.exit(1); });

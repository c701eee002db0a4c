// Looks at every screen of the built page as a person would meet it: look × size × text size.
// Fails on: an axe violation (WCAG 2.0-2.2 A/AA and best practice), a target that is too small, sideways scroll,
// a breach of the content security policy, an error in the console.
//   node test/look.mjs [--quick] [--only <part of a name>] [--shots DIR] [--dist DIR]
// --quick looks at every screen once in each size and once in each look, not at every pair of them.
import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { launch, serve, standIn } from './browser.mjs';
import { places } from './places.mjs';

const word = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const shots = word('--shots');
const only = word('--only');
const quick = process.argv.includes('--quick') && ['390.light', '390x200.sun', '320.dark', '1280.light'];
const { home, close: shut } = await serve(word('--dist'));
const sizes = [
  { name: '390', width: 390, height: 844, scale: 100, least: 48 },
  { name: '390x200', width: 390, height: 844, scale: 200, least: 48 },
  { name: '320', width: 320, height: 640, scale: 100, least: 48 },
  { name: '800', width: 800, height: 1100, scale: 100, least: 40, looks: ['light'] },
  { name: '1280', width: 1280, height: 800, scale: 100, least: 40 },
];

// What axe does not measure: the 48 px of a thumb, and anything wider than the screen.
const measure = (least) => {
  const found = [];
  const seen = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !el.closest('[aria-hidden=true]');
  for (const el of document.querySelectorAll('button, a[href], input, select, textarea, summary, label.mark, label.option')) {
    if (!seen(el) || el.matches('.vh, .skip')) continue;
    if (document.querySelector('dialog[open]') && !el.closest('dialog')) continue;
    const r = el.getBoundingClientRect();
    const whole = el.matches('input') ? (el.closest('label, .search')?.getBoundingClientRect() ?? r) : r;
    if (Math.max(r.width, whole.width) < least - 0.5 || Math.max(r.height, whole.height) < least - 0.5)
      found.push(
        `target ${Math.round(r.width)}x${Math.round(r.height)}: ${el.tagName} ${el.className} "${(el.textContent || el.ariaLabel || '').trim().slice(0, 40)}"`,
      );
  }
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) {
    const who = [...document.querySelectorAll('body *')].filter((el) => el.getBoundingClientRect().right > innerWidth + 1 && !el.matches('.vh')).slice(0, 3);
    found.push(`sideways scroll by ${wide}: ${who.map((el) => `${el.tagName}.${el.className}`).join(', ')}`);
  }
  return found;
};

const { browser, close } = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream');
let looked = 0;
const faults = [];
if (shots) fs.mkdirSync(shots, { recursive: true });

async function visit(context, size, look, name, place) {
  const page = await context.newPage();
  const where = `${name}.${size.name}.${look}`;
  const fault = (what) => faults.push(`${where}: ${what}`);
  page.on('console', (m) => m.type() === 'error' && fault(`console: ${m.text()}`));
  page.on('pageerror', (e) => fault(`error: ${e.message}`));
  await page.clock.setFixedTime(new Date('2026-11-23T08:45:00+07:00'));
  const wish = { look, scale: size.scale, ...place.book };
  await page.addInitScript(`${standIn}\n;window.__book = open(${JSON.stringify(wish)});`);
  try {
    await page.goto(`${home}#${place.at ?? '/'}`);
    await page.waitForSelector(place.wait ?? 'h1', { timeout: 9000 });
    await page.evaluate(() => document.fonts.ready);
    await place.act?.(page);
    await page.waitForTimeout(60);
    await page.evaluate(axe.source);
    const r = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    for (const v of r.violations) fault(`axe ${v.id}: ${v.nodes.slice(0, 2).map((n) => n.html.slice(0, 160)).join(' | ')}`); // prettier-ignore
    for (const m of await page.evaluate(measure, size.least)) fault(m);
    if (shots) {
      await page.setViewportSize({ width: size.width, height: size.height });
      await page.screenshot({ path: path.join(shots, `${where}.png`) });
    }
  } catch (e) {
    fault(`could not look: ${String(e.message).split('\n')[0]}`);
  }
  looked++;
  await page.close();
}

const line = [];
for (const size of sizes)
  for (const look of size.looks ?? ['light', 'dark', 'sun'])
    for (const [name, place] of Object.entries(places))
      if (!only || `${name}.${size.name}.${look}`.includes(only)) if (!quick || quick.includes(`${size.name}.${look}`)) line.push([size, look, name, place]);

// A tall window for axe: a link half under a sticky bar would count as too small.
async function work() {
  const contexts = new Map();
  for (let next = line.shift(); next; next = line.shift()) {
    const [size, look, name, place] = next;
    const key = size.name;
    if (!contexts.has(key))
      contexts.set(key, await browser.newContext({ viewport: { width: size.width, height: 9000 }, deviceScaleFactor: size.width < 500 ? 2 : 1.5, reducedMotion: 'reduce' })); // prettier-ignore
    await visit(contexts.get(key), size, look, name, place);
  }
}
await Promise.all([work(), work(), work()]);

await close();
shut();
console.log(faults.join('\n'));
console.log(`${looked} looks, ${faults.length} faults`);
// Looking at nothing finds nothing: a name that no screen has is a mistake.
process.exit(faults.length || !looked ? 1 : 0);

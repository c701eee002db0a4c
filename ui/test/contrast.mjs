// The contrast of every pair of colours that meet on a screen, in the three palettes. Fails on one below its least.
import fs from 'node:fs';

const css = fs.readFileSync('src/style/tokens.css', 'utf8');
const palette = (head) => Object.fromEntries([...css.match(head)[1].matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((m) => [m[1], m[2]]));
const light = palette(/:root \{([\s\S]*?)\n\}/);
const looks = {
  light,
  dark: { ...light, ...palette(/data-theme='dark'\] \{([\s\S]*?)\n\}/) },
  sun: { ...light, ...palette(/data-theme='sun'\] \{([\s\S]*?)\n\}/) },
};
const channel = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const brightness = (hex) =>
  [1, 3, 5].map((i) => channel(parseInt(hex.slice(i, i + 2), 16) / 255)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (a, b) => {
  const [high, low] = [brightness(a), brightness(b)].sort((p, q) => q - p);
  return (high + 0.05) / (low + 0.05);
};
const pairs = [
  [7, ['ink', 'ink-2'], ['surface', 'bg', 'sunken']],
  [4.5, ['ink-3'], ['surface', 'sunken', 'bg']],
  [7, ['brand'], ['surface', 'bg']],
  [4.5, ['brand'], ['brand-soft']],
  [4.5, ['on-brand'], ['brand-fill']],
  ...['ok', 'late', 'excused', 'absent'].flatMap((tone) => [
    [4.5, [tone], ['surface', `${tone}-soft`]],
    [4.5, ['on-status'], [tone]],
  ]),
  [7, ['ink'], ['late-soft', 'absent-soft']],
  [3, ['line-strong', 'focus'], ['surface', 'bg']],
  [3, ['brand-fill'], ['surface']],
  [1.5, ['late-bar'], ['sunken']],
  [1.5, ['gold'], ['surface']],
  [3, ['gold-bright'], ['brand-fill']],
];
let low = 0;
for (const [least, fronts, grounds] of pairs)
  for (const front of fronts)
    for (const ground of grounds)
      for (const [look, colours] of Object.entries(looks)) {
        const found = contrast(colours[front], colours[ground]);
        if (found >= least) continue;
        low++;
        console.error(`${look}: ${front} on ${ground} is ${found.toFixed(2)}, least ${least}`);
      }
console.log(low, 'pairs too low');
process.exit(low ? 1 : 0);

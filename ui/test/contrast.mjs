import fs from 'node:fs';
const css = fs.readFileSync('src/styles/tokens.css', 'utf8');
const grab = (re) => {
  const m = css.match(re);
  const o = {};
  for (const x of m[1].matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) o[x[1]] = x[2];
  return o;
};
const light = grab(/:root \{([\s\S]*?)\n\}/),
  dark = { ...light, ...grab(/data-theme='dark'\] \{([\s\S]*?)\n\}/) },
  sun = { ...light, ...grab(/data-theme='sun'\] \{([\s\S]*?)\n\}/) };
const lum = (h) => {
  const c = [1, 3, 5].map((i) => parseInt(h.slice(i, i + 2), 16) / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
};
const cr = (a, b) => {
  const [x, y] = [lum(a), lum(b)].sort((p, q) => q - p);
  return (x + 0.05) / (y + 0.05);
};
const pairs = [
  ['ink', 'surface', 7],
  ['ink', 'bg', 7],
  ['ink', 'sunken', 7],
  ['ink-2', 'surface', 7],
  ['ink-2', 'bg', 7],
  ['ink-2', 'sunken', 7],
  ['ink-3', 'surface', 4.5],
  ['ink-3', 'sunken', 4.5],
  ['brand', 'surface', 7],
  ['brand', 'bg', 7],
  ['brand', 'brand-soft', 4.5],
  ['on-brand', 'brand-fill', 4.5],
  ['ok', 'surface', 4.5],
  ['ok', 'ok-soft', 4.5],
  ['late', 'surface', 4.5],
  ['late', 'late-soft', 4.5],
  ['excused', 'surface', 4.5],
  ['excused', 'excused-soft', 4.5],
  ['absent', 'surface', 4.5],
  ['absent', 'absent-soft', 4.5],
  ['on-status', 'ok', 4.5],
  ['on-status', 'late', 4.5],
  ['on-status', 'excused', 4.5],
  ['on-status', 'absent', 4.5],
  ['line-strong', 'surface', 3],
  ['line-strong', 'bg', 3],
  ['brand-fill', 'surface', 3],
  ['focus', 'surface', 3],
  ['focus', 'bg', 3],
  ['late-bar', 'sunken', 1.5],
  ['gold', 'surface', 1.5],
  ['gold-bright', 'brand-fill', 3],
];
let bad = 0;
const rows = [];
for (const [f, g, min] of pairs) {
  const r = [light, dark, sun].map((t) => cr(t[f], t[g]));
  rows.push(`| ${f} on ${g} | ${min}:1 | ${r.map((x) => x.toFixed(1)).join(' | ')} |`);
  r.forEach((x, i) => {
    if (x < min) {
      bad++;
      console.error('LOW', ['light', 'dark', 'sun'][i], f, 'on', g, x.toFixed(2), '<', min);
    }
  });
}
const paper = [
  ['#1d1916', '#ffffff'],
  ['#2a2118', '#f5ecd9'],
  ['#ddd4c8', '#14110f'],
  ['#000000', '#ffffff'],
  ['#8c1a1e', '#f5ecd9'],
  ['#1d1916', '#ffe08a'],
  ['#1d1916', '#ffb800'],
];
console.log('| pair | least | light | dark | sunlight |\n| --- | --- | --- | --- | --- |\n' + rows.join('\n'));
console.log(paper.map(([a, b]) => `${a} on ${b} ${cr(a, b).toFixed(1)}`).join('; '));
console.log(bad, 'below');

// Draws the icons that the screens name, out of Lucide (ISC), each as one path: no markup is ever injected into the page.
import fs from 'node:fs';
const names =
  `house file-text book-open calendar-days calendar-plus calendar-x users user-round user-plus list-checks settings search undo-2 chevron-right chevron-down check x clock cloud-off cloud-check cloud-upload refresh-cw lock download circle-check circle-alert triangle-alert plus smartphone circle-dashed badge-check map-pin pen-line arrow-right arrow-left git-compare delete pause play timer message-circle-question-mark minus shield-check info camera stamp`.split(
    /\s+/,
  );
// Those that only the library shows: they are not fetched for the first screen.
const library = `bookmark table-of-contents text-search a-large-small chevron-up chevron-left volume-2 bell split merge scan-text`.split(' ');
const num = (a, k, otherwise = 0) => (a[k] === undefined ? otherwise : Number(a[k]));
const circle = (x, y, rx, ry) => `M${x - rx} ${y}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
const shape = {
  // A path may open with a relative move, whose further pairs are relative lines; behind another path it must open absolute.
  path: (a) => a.d.replace(/^m\s*(-?[\d.]+)[\s,]*(-?[\d.]+)\s*(?=([-\d.]?))/, (_, x, y, next) => `M${x} ${y}${next ? 'l' : ''}`),
  line: (a) => `M${a.x1} ${a.y1}L${a.x2} ${a.y2}`,
  polyline: (a) => `M${a.points}`,
  polygon: (a) => `M${a.points}z`,
  circle: (a) => circle(num(a, 'cx'), num(a, 'cy'), num(a, 'r'), num(a, 'r')),
  ellipse: (a) => circle(num(a, 'cx'), num(a, 'cy'), num(a, 'rx'), num(a, 'ry')),
  rect: (a) => {
    const [x, y, w, h] = ['x', 'y', 'width', 'height'].map((k) => num(a, k));
    const r = num(a, 'rx', num(a, 'ry'));
    const turn = (dx, dy) => (r ? `a${r} ${r} 0 0 1 ${dx * r} ${dy * r}` : '');
    return `M${x + r} ${y}h${w - 2 * r}${turn(1, 1)}v${h - 2 * r}${turn(-1, 1)}h${2 * r - w}${turn(-1, -1)}v${2 * r - h}${turn(1, -1)}z`;
  },
};
const draw = (name) => {
  const svg = fs.readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
  const inner = svg.replace(/<!--[\s\S]*?-->/g, '').match(/<svg[^>]*>([\s\S]*?)<\/svg>/)[1];
  return [...inner.matchAll(/<(\w+)([^>]*?)\/?>/g)]
    .map(([, tag, text]) => shape[tag](Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map((m) => [m[1], m[2]]))))
    .join('');
};
const head = '// Printed by scripts/icons.mjs from Lucide (ISC licence). Do not edit.\n';
const print = (all) => all.map((n) => `  '${n}': '${draw(n)}',`).join('\n');
fs.writeFileSync('src/lib/icons.ts', `${head}export const icons = {\n${print(names)}\n} as const;\nexport type IconName = keyof typeof icons;\n`);
fs.writeFileSync('src/lib/icons.library.ts', `${head}export const drawn = {\n${print(library)}\n} as const;\n`);
console.log(names.length + library.length, 'icons');

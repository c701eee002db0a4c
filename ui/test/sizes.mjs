// How much must be fetched before the first screen stands: the page, what it imports, and the largest of the screens it may open with.
import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

const dir = 'dist/assets';
const files = fs.readdirSync(dir);
const gz = (f) => zlib.gzipSync(fs.readFileSync(path.join(dir, f)), { level: 9 }).length;
const imports = (f) => [...fs.readFileSync(path.join(dir, f), 'utf8').matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)].map((m) => m[1]);
function reach(f, seen = new Set()) {
  if (seen.has(f)) return seen;
  seen.add(f);
  for (const next of imports(f)) reach(next, seen);
  return seen;
}
const html = fs.readFileSync('dist/index.html', 'utf8');
const entry = html.match(/assets\/(index-[\w-]+\.js)/)[1];
const total = (set) => [...set].reduce((n, f) => n + gz(f), 0);
const styles = (screen) => {
  const code = fs.readFileSync(path.join(dir, entry), 'utf8');
  // Vite writes beside each lazy import the list of what it needs; css is the part that ends in .css.
  const deps = JSON.parse(`[${(code.match(/m\.f=\[(.*?)\]|__vite__mapDeps[^[]*\[(.*?)\]/) ?? [])[1] ?? (code.match(/\[("assets\/[^\]]*)\]/) ?? [])[1] ?? ''}]`);
  const mine = deps.filter((f) => f.endsWith('.css')).map((f) => path.basename(f));
  const need = new Set([...reach(screen)].map((f) => f.replace(/-[\w-]{8}\.js$/, '')));
  return [files.find((f) => /^index-.*\.css$/.test(f)), ...mine.filter((f) => need.has(f.replace(/-[\w-]{8}\.css$/, '')))];
};
const kb = (n) => Number((n / 1024).toFixed(1));
const rows = [];
let bad = 0;
const check = (what, n, most) => {
  if (n > most * 1024) bad++;
  rows.push({ what, KB: kb(n), most });
};
const firsts = ['Lock', 'Home', 'Attendance'].map((name) => files.find((f) => f.startsWith(`${name}-`) && f.endsWith('.js')));
for (const f of firsts) check(`js, ${f.split('-')[0]}`, total(new Set([...reach(entry), ...reach(f)])), 45);
for (const f of firsts)
  check(
    `css, ${f.split('-')[0]}`,
    styles(f).reduce((n, c) => n + gz(c), 0),
    12,
  );
check(
  'css, all of it',
  files.filter((f) => f.endsWith('.css')).reduce((n, f) => n + gz(f), 0),
  31,
);
check(
  'fonts',
  files.filter((f) => f.endsWith('.woff2')).reduce((n, f) => n + fs.statSync(path.join(dir, f)).size, 0),
  110,
);
// The reader of QR codes is one piece, fetched only by who scans.
const scanner = files.find((f) => f.startsWith('Scan-') && f.endsWith('.js'));
check('the scanner', gz(scanner), 16);
const lazy = files.filter((f) => f.endsWith('.js') && f !== entry && f !== scanner).sort((a, b) => gz(b) - gz(a));
check(`largest lazy chunk (${lazy[0].split('-')[0]})`, gz(lazy[0]), 15);
check('everything', fs.readdirSync('dist', { recursive: true, withFileTypes: true }).reduce((n, f) => n + (f.isFile() ? fs.statSync(path.join(f.parentPath ?? f.path, f.name)).size : 0), 0), 750); // prettier-ignore
console.table(rows);
process.exit(bad ? 1 : 0);

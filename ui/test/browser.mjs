// What the tests in a real browser share: the built page under its own content security policy, and a Chromium to look with.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const kinds = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const policy = JSON.parse(fs.readFileSync('../src-tauri/tauri.conf.json', 'utf8')).app.security.csp;
export const standIn = fs.readFileSync('test/stand-in.js', 'utf8').replace('export function open', 'function open');

export async function serve(dist = 'dist') {
  const server = http.createServer((ask, reply) => {
    const file = path.join(dist, ask.url === '/' ? 'index.html' : ask.url.split('?')[0]);
    if (!fs.existsSync(file)) return reply.writeHead(404).end();
    reply.writeHead(200, { 'content-type': kinds[path.extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
    fs.createReadStream(file).pipe(reply);
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  return { home: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// A browser that dies takes every open question with it: nothing would ever answer, and the run would end without a word.
export async function launch(...args) {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', ...args],
  });
  const died = () => {
    console.error('The browser ended before the tests did: it crashed, or something killed it. Nothing is proved; run it again.');
    process.exit(1);
  };
  browser.on('disconnected', died);
  const close = () => {
    browser.off('disconnected', died);
    return browser.close();
  };
  return { browser, close };
}

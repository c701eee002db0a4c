// Shows the scanner of the first start a film instead of a camera, in a real browser under the real content security policy.
//   node test/camera.mjs [--dist DIR]
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import encodeQR from 'qr';
import { launch, serve, standIn } from './browser.mjs';

const ours = `sotay:ABCDEF-GHJKMN-PQRSTV@https://sotay.quangtri.example:8443#${'5f'.repeat(32)}`;
const other = 'https://vneid.example/thu-muc/1234567890123456789';
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'camera-'));
const { home, close: shut } = await serve(process.argv.includes('--dist') ? process.argv[process.argv.indexOf('--dist') + 1] : undefined);

// A film for Chromium's made-up camera: each text for a second and a half, round and round. y4m is raw brightness behind a short head.
function film(name, ...texts) {
  const [width, height, fps, dot] = [640, 480, 10, 5];
  const grey = Buffer.alloc((width * height) / 2, 128); // no colour
  const frame = (text) => {
    const picture = Buffer.alloc(width * height, 220);
    const modules = text ? encodeQR(text, 'raw', { ecc: 'medium', border: 2 }) : [];
    const [left, top] = [width, height].map((all) => Math.floor((all - modules.length * dot) / 2));
    modules.forEach((row, y) => row.forEach((dark, x) => {
      for (let i = 0; i < dot; i++) picture.fill(dark ? 40 : 235, (top + y * dot + i) * width + left + x * dot, (top + y * dot + i) * width + left + (x + 1) * dot);
    })); // prettier-ignore
    return Buffer.concat([Buffer.from('FRAME\n'), picture, grey]);
  };
  const file = path.join(folder, `${name}.y4m`);
  const frames = texts.flatMap((text) => Array(fps * 1.5).fill(frame(text)));
  fs.writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420\n`), ...frames]));
  return file;
}

// Opens the code step; `off` tells whether every camera that was ever opened is shut again.
async function start(browser) {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  const errors = [];
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
  page.on('pageerror', (e) => errors.push(e.message));
  await page.addInitScript(`${standIn}\n;window.__book = open({ stage: 'new' });
    const tracks = (window.__tracks = []), real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => { const stream = await real(wish); tracks.push(...stream.getTracks()); return stream; };`);
  await page.goto(home);
  await page.getByRole('button', { name: 'Quét mã QR' }).click();
  const off = () => page.waitForFunction(() => window.__tracks.every((track) => track.readyState === 'ended'));
  return { page, errors, off };
}
const typing = (page) => page.waitForFunction(() => !document.querySelector('dialog') && document.activeElement?.id === 'code');

const tests = {
  async 'a strange code is told, and ours leads on, with the camera off'() {
    const { browser, close } = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film('two', other, ours)}`); // prettier-ignore
    const { page, errors, off } = await start(browser);
    await page.getByText('Mã QR này không phải mã vào sổ').waitFor();
    await page.getByRole('button', { name: 'Đúng, đặt mã PIN' }).waitFor();
    await off();
    const asked = await page.evaluate(() => window.__book.calls.filter((call) => call.name === 'look_up').map((call) => call.ask));
    assert.deepEqual(
      asked,
      [other, ours].map((code) => ({ code, server: null })),
    );
    assert.ok((await page.evaluate(() => window.__tracks.length)) > 0);
    assert.equal(new URL(page.url()).hash.replace('#/', ''), '');
    assert.deepEqual(errors, []);
    await close();
  },
  async 'the scanner is left by Escape, by back and by its button, each time with the camera off'() {
    const { browser, close } = await launch('--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film('none', '')}`); // prettier-ignore
    const { page, errors, off } = await start(browser);
    const leaving = [() => page.keyboard.press('Escape'), () => page.goBack(), () => page.getByRole('button', { name: 'Gõ mã' }).click()];
    for (const [at, leave] of leaving.entries()) {
      if (at) await page.getByRole('button', { name: 'Quét mã QR' }).click();
      await page.getByText('Đưa mã QR trên giấy').waitFor();
      assert.equal(await page.evaluate(() => window.__tracks.filter((track) => track.readyState === 'live').length), 1);
      await leave();
      await typing(page);
      await off();
    }
    assert.deepEqual(errors, []);
    await close();
  },
  async 'a refused camera is told, and leads to typing'() {
    const { browser, close } = await launch('--use-fake-device-for-media-stream', '--deny-permission-prompts');
    const { page, errors } = await start(browser);
    await page.getByText('Chưa có quyền dùng camera').waitFor();
    await page.getByRole('button', { name: 'Gõ mã' }).click();
    await typing(page);
    assert.deepEqual(errors, []);
    await close();
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests))
  try {
    await test();
  } catch (e) {
    failed++;
    console.log(`${name}: ${e.message}`);
  }
fs.rmSync(folder, { recursive: true });
shut();
console.log(`${Object.keys(tests).length - failed} films held, ${failed} did not`);
process.exit(failed ? 1 : 0);

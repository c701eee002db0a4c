import { render, screen } from '@testing-library/svelte';
import encodeQR from 'qr';
import { decodeQR } from 'qr/decode.js';
import { afterEach, expect, test } from 'vitest';
import { blind } from '../src/screens/start/camera';
import { text } from '../src/lib/text.svelte';

const ticket = `sotay:ABCDEF-GHJKMN-PQRSTV@https://sotay.quangtri.example:8443#${'5f'.repeat(32)}`;

// A photograph of paper: grey on grey, with the same noise each time.
function photograph(words: string, dot = 4) {
  const modules = encodeQR(words, 'raw', { ecc: 'medium', border: 4 });
  const size = modules.length * dot;
  const data = new Uint8ClampedArray(size * size * 4);
  for (let at = 0; at < size * size; at++) {
    const dark = modules[Math.floor(at / size / dot)]?.[Math.floor((at % size) / dot)];
    data.set([0, 1, 2].map((colour) => (dark ? 60 : 190) + ((at * 7919 + colour * 31) % 41) - 20).concat(255), at * 4);
  }
  return { width: size, height: size, data };
}

test('a photographed code is read letter for letter', () => {
  expect(decodeQR(photograph(ticket))).toBe(ticket);
});

test('each reason for no picture has its sentence', () => {
  const why = (name: string) => blind(new DOMException('', name));
  expect(['NotAllowedError', 'NotFoundError', 'NotReadableError'].map(why)).toEqual(['refused', 'none', 'busy']);
});

async function codeStep() {
  await text.whole();
  const { default: Code } = await import('../src/screens/start/Code.svelte');
  render(Code, { code: '', server: '', found: () => {} });
  return screen.queryByRole('button', { name: 'Quét mã QR' });
}
afterEach(() => Reflect.deleteProperty(navigator, 'mediaDevices'));

test('where the page has no camera, none is offered', async () => {
  expect(await codeStep()).toBeNull();
});
test('where it has one, it is offered', async () => {
  Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: () => {} } });
  expect(await codeStep()).not.toBeNull();
});

import { expect, test } from 'vitest';
import { en } from '../src/text/en';
import { library as enLibrary } from '../src/text/en.library';
import { more as enMore } from '../src/text/en.more';
import { vi } from '../src/text/vi';
import { library as viLibrary } from '../src/text/vi.library';
import { more as viMore } from '../src/text/vi.more';

// Every sentence of a catalogue, with made-up parameters where it takes some.
function* sentences(part: unknown, path = ''): Generator<[string, string]> {
  const any = new Proxy({}, { get: (_, key) => (['n', 'left', 'all', 'count', 'y', 'm'].includes(String(key)) ? 2 : 'X') });
  if (typeof part === 'string') yield [path, part];
  else if (typeof part === 'function') yield [path, part(any)];
  else if (part && typeof part === 'object') for (const [key, inner] of Object.entries(part)) yield* sentences(inner, `${path}.${key}`);
}
const all = {
  vi: [...sentences({ ...vi, ...viMore, documents: viLibrary })],
  en: [...sentences({ ...en, ...enMore, documents: enLibrary })],
};

test('both languages say the same things', () => {
  expect(all.en.map(([path]) => path).sort()).toEqual(all.vi.map(([path]) => path).sort());
});

test('no sentence is empty, and none shows a missing parameter', () => {
  for (const [path, words] of [...all.vi, ...all.en]) {
    expect(words.trim(), path).not.toBe('');
    expect(words, path).not.toMatch(/undefined|NaN|\[object/);
  }
});

test('Vietnamese is composed (NFC) and puts the tone the new way', () => {
  for (const [path, words] of all.vi) {
    expect(words, path).toBe(words.normalize('NFC'));
    if (path === '.settings.spellings.y') continue; // names the other way
    expect(words, path).not.toMatch(/o[àáảãạ](?!\p{L})|(?<!q)u[ỳýỷỹỵ](?!\p{L})/iu);
  }
});

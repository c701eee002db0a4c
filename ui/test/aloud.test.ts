import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import App from '../src/App.svelte';
import { open } from './stand-in.js';

class Said {
  voice: unknown = null;
  lang = '';
  onend: (() => void) | null = null;
  onerror: (() => void) | null = null;
  constructor(readonly text: string) {}
}

// A platform with these voices, which says what it is told to say when the test lets it.
function speech(...langs: string[]) {
  const said: Said[] = [];
  const fake = Object.assign(new EventTarget(), {
    voices: langs.map((lang) => ({ lang, name: lang })),
    getVoices: () => fake.voices,
    speak: (line: Said) => void said.push(line),
    cancel: vi.fn(),
  });
  vi.stubGlobal('speechSynthesis', fake);
  vi.stubGlobal('SpeechSynthesisUtterance', Said);
  return { said, fake };
}
afterEach(() => vi.unstubAllGlobals());

async function reader() {
  window.__book = open({ who: 'member' });
  location.hash = '#/tai-lieu/doc/d1';
  const { unmount } = render(App);
  await screen.findByRole('button', { name: 'Xác nhận đã đọc' });
  return { user: userEvent.setup(), unmount };
}

// Planted: a voice of another language taken; the next block not said; speech that goes on when the text is left → each caught.
test('a text is read aloud block by block by a Vietnamese voice, until it is told to stop', async () => {
  const { said, fake } = speech('en-US', 'vi-VN');
  const { user, unmount } = await reader();
  await user.click(screen.getByRole('button', { name: 'Đọc to' }));
  expect(said.map((line) => [line.text.slice(0, 10), line.lang, (line.voice as { lang: string }).lang])).toEqual([['Sau ba năm', 'vi-VN', 'vi-VN']]);
  said[0]?.onend?.();
  expect(said[1]?.text).toBe('I. Mục tiêu');
  await user.click(screen.getByRole('button', { name: 'Dừng đọc' }));
  expect(fake.cancel).toHaveBeenCalledTimes(1);
  said[1]?.onend?.(); // a platform may still tell the end of what it was stopped in
  expect(said).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Đọc to' }));
  unmount();
  expect(fake.cancel).toHaveBeenCalledTimes(2);
});

// Planted: errors not heard; an error of what was stopped that stops what is said now; an end of it that skips a block → each caught.
test('a voice that fails gives the button back, and what was stopped has no say in what is said now', async () => {
  const { said } = speech('vi-VN');
  const { user, unmount } = await reader();
  await user.click(screen.getByRole('button', { name: 'Đọc to' }));
  said[0]?.onerror?.();
  await user.click(await screen.findByRole('button', { name: 'Đọc to' }));
  expect(said[1]?.text.slice(0, 10)).toBe('Sau ba năm');
  said[0]?.onerror?.();
  said[0]?.onend?.();
  expect(said).toHaveLength(2);
  expect(await screen.findByRole('button', { name: 'Dừng đọc' })).toBeTruthy();
  said[1]?.onend?.();
  expect(said[2]?.text).toBe('I. Mục tiêu');
  unmount();
});

test('where there is no Vietnamese voice there is no button, and one that comes late brings it', async () => {
  const { fake } = speech('en-US');
  const { unmount } = await reader();
  expect(screen.queryByRole('button', { name: 'Đọc to' })).toBeNull();
  fake.voices.push({ lang: 'vi_VN', name: 'vi' });
  fake.dispatchEvent(new Event('voiceschanged'));
  expect(await screen.findByRole('button', { name: 'Đọc to' })).toBeTruthy();
  unmount();
});

test('a webview that knows nothing of speech shows no button, and reads as well', async () => {
  vi.stubGlobal('speechSynthesis', undefined);
  await reader();
  expect(screen.queryByRole('button', { name: 'Đọc to' })).toBeNull();
});

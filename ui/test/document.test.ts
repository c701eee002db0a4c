import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../src/App.svelte';
import { cut, runs } from '../src/screens/document/runs';
import { open } from './stand-in.js';

function at(route: string, wish = {}) {
  const book = open(wish);
  window.__book = book;
  location.hash = route;
  render(App);
  return { book, user: userEvent.setup() };
}

test('a hit is cut out of its run and the words around it stay whole', () => {
  const hit = { block: 0, run: 1, from: 4, to: 7 };
  expect(runs({ kind: 'item', mark: 'a)', text: 'Một hai ba' })).toEqual(['a)', 'Một hai ba']);
  expect(cut('Một hai ba', [{ hit, n: 2 }])).toEqual([
    { text: 'Một ', hit: null },
    { text: 'hai', hit: 2 },
    { text: ' ba', hit: null },
  ]);
});

test('what is found is counted and walked, and marked in the text', async () => {
  const { user } = at('#/tai-lieu/doc/d1', { who: 'member' });
  await user.click(await screen.findByRole('button', { name: 'Tìm' }));
  await user.type(screen.getByRole('searchbox'), 'nghi quyet');
  expect(await screen.findByText('1/4')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Kết quả sau' }));
  expect(screen.getByText('2/4')).toBeTruthy();
  expect([...document.querySelectorAll('mark')].map((m) => m.textContent?.toLowerCase())).toEqual(Array(4).fill('nghị quyết'));
});

test('a reader confirms with one tap, and opening a text records nothing', async () => {
  const { book, user } = at('#/tai-lieu/doc/d1', { who: 'member' });
  await user.click(await screen.findByRole('button', { name: 'Xác nhận đã đọc' }));
  await screen.findByText(/đã xác nhận đã đọc/);
  await waitFor(() => expect(book.calls.filter((c) => c.name === 'confirm_read')).toHaveLength(1));
  expect(book.calls.some((c) => c.name === 'save_reading')).toBe(false);
});

test('names are shown within the own cell only; one tap reminds', async () => {
  const { book, user } = at('#/tai-lieu/doc/d1/nguoi-doc');
  await user.click(await screen.findByRole('button', { name: 'Nhắc' }));
  await screen.findByText(/Đã nhắc 08:45/);
  expect(book.calls.findLast((c) => c.name === 'remind')?.ask).toEqual({ id: 'd1' });
});

test('an office sees how many cells have reported, and reminds where there is somebody to remind', async () => {
  at('#/tai-lieu/doc/d1/nguoi-doc', { who: 'commune' });
  expect(await screen.findByText('5/12 chi bộ đã báo')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Nhắc' })).toBeTruthy();
  document.body.replaceChildren();
  at('#/tai-lieu/doc/d2/nguoi-doc', { all_read: true });
  await screen.findByText('12 trên 30 đã xác nhận');
  expect(screen.queryByText(/chi bộ đã báo/)).toBeNull();
  expect(screen.queryByRole('button', { name: 'Nhắc' })).toBeNull();
});

test('what is still to come says from when it is seen, in the list and where it is read', async () => {
  const { user } = at('#/tai-lieu', { comes: true });
  await user.click(await screen.findByRole('link', { name: /14-NQ.*Hiện từ 01\/12\/2026/ }));
  await screen.findByRole('heading', { name: /công tác cán bộ/ });
  expect(screen.getByText('Hiện từ 01/12/2026')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Xác nhận đã đọc' })).toBeNull();
});

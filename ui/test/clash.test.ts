import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, test } from 'vitest';
import App from '../src/App.svelte';
import { open } from './stand-in.js';

async function at(route: string, wish = {}) {
  const book = open({ clash: true, ...wish });
  window.__book = book;
  location.hash = route;
  const { container } = render(App);
  let taps = 0;
  const user = userEvent.setup();
  return { book, container, user, taps: () => taps, tap: async (el: Element) => (taps++, await user.click(el)) };
}

// Planted: a save button that one choice is enough for → caught.
test('a conflict of 2 fields is settled for everybody in 4 taps, from where it shows', async () => {
  const { book, container, tap, taps } = await at('#/dang-vien/13');
  const [here] = await screen.findAllByRole('link', { name: 'Hai máy ghi khác nhau Xem' });
  await tap(here!);
  const phone = within(await screen.findByRole('group', { name: 'Số điện thoại' }));
  expect(phone.getByText('19:40, 21/11', { exact: false }).textContent).toContain('Máy này');
  expect(screen.getAllByRole('group')).toHaveLength(2); // only what differs
  const save = () => screen.getByRole<HTMLButtonElement>('button', { name: /chưa chọn|Lưu bản đã chọn/ });
  expect([save().textContent, save().disabled]).toEqual(['Còn 2 mục chưa chọn', true]);
  await tap(phone.getByRole('radio', { name: /^0912 555 081/ }));
  expect([save().textContent, save().disabled]).toEqual(['Còn 1 mục chưa chọn', true]);
  const found = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(found.violations).toEqual([]);
  await tap(within(screen.getByRole('group', { name: /^Số thẻ/ })).getByRole('radio', { name: /17/ }));
  await tap(save());
  await waitFor(() => expect(book.calls.findLast((c) => c.name === 'settle')?.ask.fields).toEqual([{ field: 'phone', of: 2, choose: 1 }, { field: 'card_no', of: 2, choose: 0 }])); // prettier-ignore
  await waitFor(() => expect(location.hash).toBe('#/dang-vien/13')); // back where it showed
  expect(taps()).toBeLessThanOrEqual(4);
});

// Planted: what is typed left out of the answer → caught.
test('where neither is right, another value is typed; long words may both be kept', async () => {
  const { book, user } = await at('#/lech/discussion/s1', { roll: 'closed' });
  await user.click(await screen.findByRole('button', { name: 'Nhập giá trị khác' }));
  const box = await screen.findByRole('textbox', { name: 'Nhập kết luận khác' });
  await user.type(box, 'Nhắc cả ba hộ.');
  await user.click(screen.getByRole('radio', { name: 'Giữ cả hai, nối lại' }));
  expect((box as HTMLTextAreaElement).value).toBe('');
  await user.type(box, 'Nhắc cả ba hộ.');
  await user.click(screen.getByRole('button', { name: 'Lưu bản đã chọn' }));
  await waitFor(() => expect(book.calls.findLast((c) => c.name === 'settle')?.ask.fields).toEqual([{ field: 'conclusion', of: 2, value: 'Nhắc cả ba hộ.' }]));
});

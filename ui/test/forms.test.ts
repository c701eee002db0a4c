import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../src/App.svelte';
import { open } from './stand-in.js';

// Planted: published without being asked; faults that do not stop it; the sum of what stood there before → each caught.
test("the commune's office publishes a form: added up while it is typed, refused with the reason, asked for twice", async () => {
  const book = open({ who: 'commune' });
  window.__book = book;
  location.hash = '#/mau-cham-diem/moi';
  render(App);
  const user = userEvent.setup();
  const published = () => book.calls.filter((c) => c.name === 'publish_score_form');
  const lines = await screen.findByRole('textbox', { name: 'Các tiêu chí' });
  await screen.findByText('Cộng: 100 điểm');
  await user.type(lines, '\n7 Thêm');
  await screen.findByText('Cộng: 107 điểm');
  const publish = () => user.click(screen.getByRole('button', { name: 'Ban hành' }));
  await publish();
  await screen.findByRole('link', { name: /107 điểm, cần đúng 100/ });
  expect([screen.queryByRole('dialog'), published()]).toEqual([null, []]);
  await user.clear(lines);
  await user.type(lines, '60 Chuẩn bị\n40 Nội dung');
  await user.type(screen.getByRole('textbox', { name: 'Văn bản ban hành' }), 'Hướng dẫn 15');
  await publish();
  const dialog = within(await screen.findByRole('dialog'));
  expect(published()).toEqual([]);
  await user.click(dialog.getByRole('button', { name: 'Ban hành' }));
  await waitFor(() => expect(location.hash).toBe('#/mau-cham-diem'));
  expect(published().map((c) => c.ask)).toEqual([{ draft: { month: '2026-12', source: 'Hướng dẫn 15', lines: '60 Chuẩn bị\n40 Nội dung' } }]);
  expect((await screen.findAllByText(/Sắp dùng|Đang dùng/)).map((el) => el.textContent)).toEqual(['Sắp dùng', 'Đang dùng']);
});

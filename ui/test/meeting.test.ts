import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import App from '../src/App.svelte';
import { megabytes } from '../src/lib/say';
import { text } from '../src/lib/text.svelte';
import { open } from './stand-in.js';

const begin = (at: string) => {
  const book = open({});
  window.__book = book;
  location.hash = at;
  render(App);
  return { book, user: userEvent.setup() };
};

// Planted: the record restored under the screen that stands on it; the first of the month told as its day → each caught.
test('a page that says why a month had no meeting shows no day of it, and is taken back and said again', async () => {
  const { book, user } = begin('#/sinh-hoat/silent4');
  await book('say_not_held', { year: 2026, month: 4, reason: 'Bão số 12' });
  window.dispatchEvent(new HashChangeEvent('hashchange'));
  location.hash = '#/sinh-hoat';
  await waitFor(() => expect(document.querySelector('a[href="#/sinh-hoat/silent4"]')).not.toBeNull());
  expect(document.querySelector('a[href="#/sinh-hoat/silent4"]')!.closest('tr')!.textContent).not.toContain('01/04');
  location.hash = '#/sinh-hoat/silent4';
  await screen.findByText('Không họp. Lý do: Bão số 12');
  expect(document.querySelector('main')!.textContent).not.toMatch(/01\/04|00:00|Thứ/);
  await user.click(screen.getByRole('button', { name: 'Bỏ ghi nhận không họp' }));
  await waitFor(() => expect(location.hash).toBe('#/sinh-hoat'));
  await user.click(await screen.findByRole('button', { name: 'Hoàn tác' }));
  expect(book.calls.findLast((c) => c.name === 'say_not_held')?.ask).toEqual({ year: 2026, month: 4, reason: 'Bão số 12' });
});

// Planted: the old count withdrawn when the dialog opens; the new one left where the old one cannot go → each caught.
test('a vote that is counted again keeps its old count until the new one stands', async () => {
  const { book, user } = begin('#/sinh-hoat/m202611');
  const asked = () => book.calls.filter((c) => /_vote$/.test(c.name)).map((c) => [c.name, c.ask.vote ?? c.ask.votes_for, ...(c.ask.back ? [true] : [])]);
  const again = async (subject: string) => user.click(await screen.findByRole('button', { name: `Bỏ kết quả để ghi lại: ${subject}` }));
  const count = async () => {
    const box = await waitFor(() => {
      const el = document.querySelector<HTMLInputElement>('#f-votes_for');
      if (!el) throw new Error('no box to count in');
      return el;
    });
    await user.clear(box);
    await user.type(box, '27');
    await user.click(screen.getByRole('button', { name: text.full.vote.record }));
  };
  await book('record_vote', { meeting: 'm202611', item: null, subject: 'Trồng cây', votes_for: 20, votes_against: 7, votes_other: 0 });
  book.calls.length = 0;
  await again('Trồng cây');
  await screen.findByRole('dialog');
  expect(asked()).toEqual([]);
  await count();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(await screen.findByRole('button', { name: 'Hoàn tác' }));
  await waitFor(() => expect(asked()).toEqual([['record_vote', 27], ['withdraw_vote', 'v3'], ['withdraw_vote', 'v4'], ['withdraw_vote', 'v3', true]])); // prettier-ignore
  book.calls.length = 0;
  await again('Đóng góp xây dựng nhà văn hóa thôn');
  await count();
  await screen.findByText(/đã quyết định một văn bản/);
  expect(asked()).toEqual([['record_vote', 27], ['withdraw_vote', 'v2'], ['withdraw_vote', 'v4']]); // prettier-ignore
});

test('a size is written as it is read, and no two alike', () => {
  expect([200, 1000, 1024, 1500, 1536, 2000].map(megabytes)).toEqual(['200 MB', '1 GB', '1.024 MB', '1,5 GB', '1.536 MB', '2 GB']);
  text.language = 'en';
  expect([1000, 1500, 1536].map(megabytes)).toEqual(['1 GB', '1.5 GB', '1,536 MB']);
  text.language = 'vi';
});

// Planted: a tick that can be given before there is a file; one that is kept for another file → each caught.
test('a file is looked at before somebody answers for it: chosen, shown, ticked, attached', async () => {
  const book = open({ roll: 'mid' });
  window.__book = book;
  location.hash = '#/sinh-hoat/next?buoc=tai-lieu';
  dispatchEvent(new HashChangeEvent('hashchange'));
  render(App);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Đính kèm tài liệu cho Ý kiến khác' }));
  await screen.findByRole('button', { name: 'Chọn tệp trên máy này' });
  expect(screen.queryByRole('checkbox', { name: /dấu mật/ })).toBeNull();
  const file = Object.assign(new File(['x'], 'a.docx'), { arrayBuffer: async () => new ArrayBuffer(1) });
  const input = document.querySelector<HTMLInputElement>('.attach input[type=file]')!;
  await user.upload(input, file);
  await screen.findByText('Nghị quyết 13.docx · 31 KB');
  expect([...document.querySelectorAll('.attach dd')].map((d) => d.textContent)).toEqual(
    ['Nghị quyết 13.docx · 31 KB', 'Nghị quyết', '13-NQ/ĐU', 'Về công tác năm 2027'], // prettier-ignore
  );
  const send = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Đính kèm' });
  const tick = () => screen.getByRole<HTMLInputElement>('checkbox', { name: /dấu mật/ });
  expect(send().disabled).toBe(true);
  await user.click(tick());
  await user.upload(input, file);
  await waitFor(() => expect(book.calls.filter((c) => c.name === 'open_paper')).toHaveLength(2));
  await waitFor(() => expect(tick().checked).toBe(false));
  await user.click(tick());
  await user.click(send());
  await waitFor(() => expect(book.calls.findLast((c) => c.name === 'attach_file')?.ask).toMatchObject({ path: 'chosen:1', unmarked: true }));
});

import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { beforeEach, expect, test } from 'vitest';
import { open } from './stand-in.js';

const roll = async (wish = {}) => {
  const book = open({ roll: 'fresh', ...wish });
  window.__book = book;
  const { default: Attendance } = await import('../src/screens/attendance/Attendance.svelte');
  const { container } = render(Attendance, { id: 'next' });
  await screen.findByRole('meter');
  return { book, container, user: userEvent.setup() };
};
const row = (name: RegExp) => within(screen.getByRole('group', { name }));
const meter = () => screen.getByRole('meter').getAttribute('aria-valuetext');

beforeEach(() => {
  location.hash = '#/sinh-hoat/next/diem-danh';
});

test('30 members with 2 exceptions take 4 taps', async () => {
  const { user, book } = await roll();
  let taps = 0;
  const tap = async (el: Element) => (taps++, await user.click(el));
  await tap(row(/^Nguyễn Quốc Bảo,/).getByRole('radio', { name: 'Muộn' }));
  await tap(row(/^Vũ Đình Chiến,/).getByRole('radio', { name: 'Vắng' }));
  await tap(await screen.findByRole('button', { name: '28 người còn lại có mặt' }));
  await tap(await screen.findByRole('button', { name: 'Chốt điểm danh' }));
  expect(await screen.findByText('Đã chốt lúc 14:30')).toBeTruthy();
  expect(meter()).toBe('29 trên 30 đảng viên có mặt, cần 20 để họp hợp lệ');
  expect(taps).toBeLessThanOrEqual(4);
  const steps = book.calls.map((c) => c.name).filter((name) => name !== 'attendance');
  expect(steps).toEqual(['mark', 'mark', 'mark_rest', 'close_attendance']);
});

test('every step is undone by one tap, the closing too', async () => {
  const { user } = await roll({ roll: 'rest' });
  await user.click(await screen.findByRole('button', { name: 'Chốt điểm danh' }));
  await screen.findByText('Đã chốt lúc 14:30');
  await user.click(screen.getByRole('button', { name: 'Hoàn tác' }));
  expect(await screen.findByRole('button', { name: 'Chốt điểm danh' })).toBeTruthy();
});

test('a mark is painted before the book has answered, and falls back when the book refuses', async () => {
  const { user } = await roll();
  const real = window.__book!;
  let answer: (() => void) | undefined;
  window.__book = (name, ask) =>
    name === 'mark' ? new Promise((_, no) => (answer = () => no({ code: 'disk_full', faults: [], params: {}, detail: '' }))) : real(name, ask);
  const present = row(/^Lê Văn An,/).getByRole<HTMLInputElement>('radio', { name: 'Có mặt' });
  await user.click(present);
  expect(present.checked).toBe(true);
  await waitFor(() => expect(answer).toBeTruthy());
  answer?.();
  expect((await screen.findByRole('alert')).textContent).toContain('Máy đã hết chỗ chứa');
  expect(row(/^Lê Văn An,/).getByRole<HTMLInputElement>('radio', { name: 'Có mặt' }).checked).toBe(false);
});

test('taps reach the book one at a time, in their order', async () => {
  const { user, book } = await roll();
  const real = window.__book!;
  let busy = 0;
  window.__book = async (name, ask) => {
    expect(busy++).toBe(0);
    await new Promise((r) => setTimeout(r, 5));
    busy--;
    return real(name, ask);
  };
  for (const name of [/^Lê Văn An,/, /^Trần Thị Ánh,/, /^Nguyễn Quốc Bảo,/]) await user.click(row(name).getByRole('radio', { name: 'Có mặt' }));
  await waitFor(() => expect(book.calls.filter((c) => c.name === 'mark').map((c) => c.ask.member)).toEqual(['1', '2', '3']));
});

test('an excused absence takes a coded reason', async () => {
  const { user, book } = await roll();
  await user.click(row(/^Phạm Văn Bình,/).getByRole('radio', { name: 'Vắng' }));
  const why = within(await screen.findByRole('group', { name: 'Lý do vắng của Phạm Văn Bình' }));
  await user.click(why.getByRole('button', { name: 'Có lý do' }));
  await user.click(await why.findByRole('button', { name: 'Đi công tác' }));
  await waitFor(() => expect(book.calls.findLast((c) => c.name === 'mark')?.ask).toMatchObject({ member: '5', mark: 'absent_excused', reason: 'work' }));
});

test("another device's mark is shown and settled by one choice", async () => {
  const { user } = await roll({ roll: 'mid', clash: true });
  const differs = within(await screen.findByRole('group', { name: 'Hai máy ghi khác nhau. Chọn kết quả đúng.' }));
  expect(differs.getByText(/Máy của Bí thư ghi/)).toBeTruthy();
  await user.click(differs.getByRole('button', { name: 'Giữ “Có mặt”' }));
  await waitFor(() => expect(screen.queryByText(/Hai máy ghi khác nhau/)).toBeNull());
});

test('axe finds nothing on the roll', async () => {
  const { container } = await roll({ roll: 'mid', clash: true });
  const r = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  expect(r.violations).toEqual([]);
});

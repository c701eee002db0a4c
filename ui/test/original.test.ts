import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import App from '../src/App.svelte';
import { open } from './stand-in.js';

function at(route: string, wish = {}) {
  const book = open(wish);
  window.__book = book;
  location.hash = route;
  dispatchEvent(new HashChangeEvent('hashchange')); // at once: nothing of the last test is opened first
  render(App);
  return { book, user: userEvent.setup() };
}
const names = (book: { calls: { name: string }[] }) => book.calls.map((c) => c.name);

// Planted: a page turned past the last; a picture that is never given back; keys that only count inside the frame; a zoom
// that is not drawn anew → each caught.
test('an original is turned and enlarged by buttons and keys, one page at a time, and every picture is given back', async () => {
  const lent: string[] = [];
  const back: string[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => lent[lent.push(`blob:${lent.length}`) - 1] as string);
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void back.push(url));
  const { user } = at('#/tai-lieu/doc/d1/ban-goc', { who: 'member' });
  const drawn = vi.fn(window.__picture as NonNullable<typeof window.__picture>);
  window.__picture = drawn;
  expect((await screen.findByRole('img')).getAttribute('alt')).toBe('Bản gốc PDF, trang 1 trên 12');
  expect(screen.getByRole('button', { name: 'Trang trước' }).hasAttribute('disabled')).toBe(true);
  await user.click(screen.getByRole('button', { name: 'Trang sau' }));
  await screen.findByAltText('Bản gốc PDF, trang 2 trên 12');
  await screen.findByText('Lời của trang 2');
  expect(screen.getByText('Trang 2 trên 12', { selector: '[role=status]' })).toBeTruthy();
  await user.keyboard('{PageDown}{ArrowRight}');
  await screen.findByAltText('Bản gốc PDF, trang 4 trên 12');
  await user.keyboard('{PageUp}');
  await screen.findByAltText('Bản gốc PDF, trang 3 trên 12');
  for (let n = 0; n < 20; n++) await user.keyboard('{PageDown}');
  await screen.findByAltText('Bản gốc PDF, trang 12 trên 12');
  const before = drawn.mock.lastCall?.[2] ?? 0;
  await user.click(screen.getByRole('button', { name: 'Phóng to' }));
  await user.keyboard('++');
  expect(screen.getByText('200%', { selector: 'span' })).toBeTruthy();
  await waitFor(() => expect(drawn.mock.lastCall).toEqual(['d1', 12, expect.any(Number)]));
  await waitFor(() => expect(drawn.mock.lastCall?.[2]).toBeGreaterThan(before));
  await user.click(screen.getByRole('link', { name: 'Về bản đọc' }));
  await waitFor(() => expect([...back].sort()).toEqual([...lent].sort()));
  vi.restoreAllMocks();
});

// Planted: the whole text asked for again at every piece → caught.
test('while files come the text is not asked for again, until one is whole', async () => {
  const { book } = at('#/tai-lieu/doc/d3');
  await screen.findByText(/chưa tải 1,1 MB/);
  const asked = (name: string) => names(book).filter((one) => one === name).length;
  const first = asked('document');
  for (let n = 0; n < 3; n++) {
    dispatchEvent(new CustomEvent('book-changed', { detail: ['file'] }));
    await waitFor(() => expect(asked('document_line')).toBe(n + 1));
  }
  expect(asked('document')).toBe(first);
  await book('fetch_file', { file: '9f2c'.repeat(16) });
  dispatchEvent(new CustomEvent('book-changed', { detail: ['file'] }));
  await waitFor(() => expect(asked('document')).toBeGreaterThan(first));
});

test('a document that has only its original says so, leads there, and is confirmed once it is here', async () => {
  const { user } = at('#/tai-lieu/doc/d6', { who: 'member' });
  expect(await screen.findByText(/chỉ có bản gốc, không có bản đọc/)).toBeTruthy();
  expect(screen.queryByText(/Máy tự tải/)).toBeNull();
  expect(screen.queryByText(/0 phút/)).toBeNull();
  expect(screen.getAllByRole('link', { name: /Xem bản gốc/ })[0]?.getAttribute('href')).toBe('#/tai-lieu/doc/d6/ban-goc');
  await user.click(screen.getByRole('button', { name: 'Xác nhận đã đọc' }));
  await screen.findByText(/đã xác nhận đã đọc/);
});

test('what nobody could have read here cannot be confirmed here; its size is told before it is fetched', async () => {
  const { book, user } = at('#/tai-lieu/doc/d6', { who: 'member', away: true });
  const [fetch] = await screen.findAllByRole('button', { name: 'Tải về 640 KB' });
  expect(screen.queryByRole('button', { name: 'Xác nhận đã đọc' })).toBeNull();
  await user.click(fetch as HTMLElement);
  await waitFor(() => expect(names(book)).toContain('sync'));
  expect(names(book)).toContain('fetch_file');
});

test('a document is taken back with a reason where it is read, and what that does is said first', async () => {
  const { book, user } = at('#/tai-lieu/doc/d3');
  await user.click(await screen.findByRole('button', { name: 'Thu hồi' }));
  expect(await screen.findByText(/Không bỏ thu hồi được/)).toBeTruthy();
  const go = screen.getAllByRole('button', { name: 'Thu hồi' }).at(-1) as HTMLElement;
  await user.click(go);
  expect(await screen.findByText(/Chưa ghi lý do/)).toBeTruthy();
  await user.type(screen.getByRole('textbox', { name: 'Lý do thu hồi' }), 'Ban hành nhầm');
  await user.click(go);
  await screen.findByText('Đã thu hồi: Ban hành nhầm');
  expect(book.calls.findLast((c) => c.name === 'withdraw_document')?.ask).toEqual({ id: 'd3', reason: 'Ban hành nhầm' });
  expect(screen.queryByRole('button', { name: 'Thu hồi' })).toBeNull();
});

// Planted: the way that destroys sent as the one that takes back; no word of what it does; a report that asks nothing first; an
// answer that leaves the word standing → each caught.
test('a document with a mark of secrecy is reported by who reads it, and answered or destroyed by who published it', async () => {
  const member = at('#/tai-lieu/doc/d1', { who: 'member' });
  await member.user.click(await screen.findByRole('button', { name: 'Báo có dấu mật' }));
  expect(await screen.findByText(/đừng chụp, chép hay chuyển tiếp/)).toBeTruthy();
  expect(names(member.book)).not.toContain('report_document');
  await member.user.click(screen.getAllByRole('button', { name: 'Báo có dấu mật' }).at(-1) as HTMLElement);
  await screen.findByText(/Đồng chí đã báo có dấu mật/);
  expect(screen.queryByRole('button', { name: 'Báo có dấu mật' })).toBeNull();
  document.body.replaceChildren();

  const { book, user } = at('#/tai-lieu/doc/d1', { marked: 2, stands: ['Chi bộ thôn Tây'] });
  await screen.findByText('2 đồng chí báo tài liệu này có dấu mật.');
  await user.click(screen.getByRole('button', { name: 'Không có dấu mật' }));
  expect(await screen.findByText(/coi như đã được trả lời/)).toBeTruthy();
  expect(names(book)).not.toContain('clear_document');
  await user.click(screen.getAllByRole('button', { name: 'Không có dấu mật' }).at(-1) as HTMLElement);
  await waitFor(() => expect(screen.queryByText('2 đồng chí báo tài liệu này có dấu mật.')).toBeNull());
  expect(names(book)).toContain('clear_document');
  await user.click(screen.getByRole('button', { name: 'Thu hồi' }));
  expect(await screen.findByText(/Không bỏ thu hồi được/)).toBeTruthy();
  await user.click(screen.getByRole('radio', { name: 'Thu hồi và xóa khỏi mọi máy' }));
  expect(await screen.findByText(/Không lấy lại được/)).toBeTruthy();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Lý do thu hồi' }).value).toBe('Có dấu chỉ độ mật');
  await user.click(screen.getByRole('button', { name: 'Thu hồi và xóa khỏi mọi máy' }));
  await screen.findByText(/Máy này đã xóa; máy chủ và các máy khác/);
  expect(screen.getByText(/Ở đó chưa xóa/).textContent).toContain('Chi bộ thôn Tây');
  expect(book.calls.findLast((c) => c.name === 'wipe_document')?.ask).toEqual({ id: 'd1', reason: 'Có dấu chỉ độ mật' });
  expect(names(book)).not.toContain('withdraw_document');
  expect(screen.queryByText(/nâng cao chất lượng/)).toBeNull();
});

test('a received file that fits no original is said to fit none, and one that fits is named', async () => {
  for (const [wish, words] of [
    [{}, /Khớp: .* đúng là bản gốc/],
    [{ forged: true }, /Không khớp/],
  ] as const) {
    const { user } = at('#/tai-lieu/doc/d1', { who: 'member', ...wish });
    const input = await waitFor(() => document.querySelector<HTMLInputElement>('.verify input') ?? expect.fail());
    await user.upload(input, Object.assign(new File(['x'], 'a.pdf'), { arrayBuffer: async () => new ArrayBuffer(1) }));
    expect(await screen.findByText(words)).toBeTruthy();
    document.body.replaceChildren();
  }
});

test('the letters grow and shrink by a key', async () => {
  const { book, user } = at('#/tai-lieu/doc/d1', { who: 'member' });
  await screen.findByRole('button', { name: 'Xác nhận đã đọc' });
  await user.keyboard('+');
  await waitFor(() => expect(book.calls.findLast((c) => c.name === 'set')?.ask).toEqual({ scale: 115 }));
});

// Planted: a field of several lines that is no field to the reader's keys; a dialog that is none → each caught.
test('a reason is typed as it is: its letters neither size the text nor move it', async () => {
  const moved = vi.spyOn(window, 'scrollBy').mockImplementation(() => {});
  const { book, user } = at('#/tai-lieu/doc/d3');
  await user.click(await screen.findByRole('button', { name: 'Thu hồi' }));
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Lý do thu hồi' });
  await user.type(box, 'Nhầm số 12-KL + k, j = 13');
  expect(box.value).toBe('Nhầm số 12-KL + k, j = 13');
  screen.getByRole('dialog').querySelector<HTMLElement>('.primary')?.focus();
  await user.keyboard('j-+');
  expect(names(book)).not.toContain('set');
  expect(moved).not.toHaveBeenCalled();
  moved.mockRestore();
});

test('a download that the person holds back says so, with or without a network', async () => {
  at('#/tai-lieu/doc/d5', { network: 'paused' });
  expect(await screen.findByText('Tạm dừng, đã có 900 KB trên 2,4 MB')).toBeTruthy();
  expect(screen.queryByText(/Đang tải/)).toBeNull();
});

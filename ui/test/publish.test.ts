import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import App from '../src/App.svelte';
import { found, covered, toggled, tree, type Place, type Unit } from '../src/screens/publish/audience';
import { Draft } from '../src/screens/publish/draft.svelte';
import type { Block } from '../src/lib/types';
import { open } from './stand-in.js';

const para = (text: string, lead: string | null = null): Block => ({ kind: 'paragraph', lead, text });
const filled = (...blocks: Block[]) => {
  const draft = new Draft();
  draft.fill(blocks);
  const key = (n: number) => draft.entries[n]!.key;
  return { draft, key };
};

// Planted: a join that drops the mark of what it joins; a step that is not kept → each caught.
test('blocks are split, joined, added and removed, and every step is taken back', () => {
  const start = [para('Một hai ba', '1.'), { kind: 'item', mark: 'a)', text: 'bốn' } as Block];
  const { draft, key } = filled(...start);
  const before: Block[][] = [];
  const did = (deed: () => void) => {
    before.push(draft.blocks);
    deed();
  };
  did(() => draft.split(key(0), 4));
  expect(draft.blocks).toEqual([para('Một', '1.'), para('hai ba'), start[1]]);
  expect(draft.open).toEqual({ key: key(1), at: 0 });
  did(() => draft.join(key(2)));
  expect(draft.blocks).toEqual([para('Một', '1.'), para('hai ba a) bốn')]);
  expect(draft.open).toEqual({ key: key(1), at: 'hai ba'.length });
  did(() => draft.add(key(0)));
  did(() => draft.remove(key(2)));
  did(() => draft.turn(key(0), 'heading2'));
  expect(draft.blocks).toEqual([{ kind: 'heading', level: 2, text: '1. Một' }, para('')]);
  for (const blocks of before.reverse()) {
    draft.undo();
    expect(draft.blocks).toEqual(blocks);
  }
  expect(draft.changed).toBe(false);
});

// Planted: every letter a step of its own → caught.
test('a word that is typed is one step, and a table joins only a table of its width', () => {
  const table = (...rows: string[][]): Block => ({ kind: 'table', rows });
  const { draft, key } = filled(para(''), table(['Năm', 'Tỷ lệ']), table(['2026', '88%']), table(['x']));
  for (const said of ['c', 'ch', 'chi', 'chi ', 'chi b', 'chi bộ']) draft.say(key(0), 'text', said, para(said));
  draft.undo();
  expect(draft.blocks[0]).toEqual(para('chi'));
  expect([1, 2, 3].map((n) => draft.canJoin(key(n)))).toEqual([false, true, false]);
  draft.join(key(2));
  expect(draft.blocks[1]).toEqual(table(['Năm', 'Tỷ lệ'], ['2026', '88%']));
  draft.split(key(1), 1);
  expect(draft.blocks).toHaveLength(3);
});

// Planted: the ticks below left on when the whole is ticked; a search that wants tone marks → each caught.
test('ticking the whole covers what is below it, and a unit is found without tone marks', () => {
  const place = (unit: string, name: string, above: string | null): Place =>
    ({ unit: unit as Unit, name, level: 'cell', whole: !above, above: above as Unit | null }) as Place;
  const places = [place('x', 'Đảng bộ xã', null), place('a', 'Thôn Đoài', 'x'), place('b', 'Thôn Thượng', 'x'), place('c', 'Tổ Hòa', 'b')];
  const [x, a, b, c] = places.map((p) => p.unit) as [Unit, Unit, Unit, Unit];
  expect(tree(places)[0]?.below.map((n) => [n.place.unit, n.below.length])).toEqual([[a, 0], [b, 1]]); // prettier-ignore
  expect(toggled(places, [a, c], x)).toEqual([x]);
  expect(toggled(places, [a, c], b)).toEqual([a, b]);
  expect([a, b, c].map((u) => covered(places, [b], u))).toEqual([false, false, true]);
  expect(found(places, 'doai').map((p) => p.unit)).toEqual([x, a]);
  expect(found(places, 'thuong').map((p) => p.unit)).toEqual([x, b, c]);
});

async function choosing(book: ReturnType<typeof open>) {
  window.__book = book;
  location.hash = '#/tai-lieu/ban-hanh';
  dispatchEvent(new HashChangeEvent('hashchange'));
  render(App);
  const user = userEvent.setup();
  const file = Object.assign(new File(['x'], 'a.pdf'), { arrayBuffer: async () => new ArrayBuffer(1) });
  await user.upload(await screen.findByLabelText<HTMLInputElement>('Chọn tệp: Word, PDF hoặc ảnh', { selector: 'input' }), file);
  return { user, file };
}
const go = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Ban hành' });

test('a file over the limit is refused unread, a prepared one is published with what was put right', async () => {
  const book = open({});
  window.__book = book;
  location.hash = '#/tai-lieu/ban-hanh';
  render(App);
  const user = userEvent.setup();
  const input = await screen.findByLabelText<HTMLInputElement>('Chọn tệp: Word, PDF hoặc ảnh', { selector: 'input' });
  const large = new File(['x'], 'Lớn.docx');
  const read = vi.fn();
  Object.defineProperties(large, { size: { value: 49 * 1024 * 1024 }, arrayBuffer: { value: read } });
  await user.upload(input, large);
  await screen.findByText(/lớn hơn 48 MB/);
  expect(read).not.toHaveBeenCalled();

  const small = new File(['x'], 'Nghị quyết 13.docx');
  small.arrayBuffer = async () => new ArrayBuffer(1);
  await user.upload(input, small);
  await user.click(await screen.findByRole('button', { name: /^Sửa đoạn 1, đề mục lớn/ }));
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Lời đoạn 1' });
  await user.clear(box);
  await user.type(box, 'Mở đầu');
  await user.click(screen.getByRole('checkbox', { name: 'Toàn Đảng bộ xã Tân Hòa' }));
  await user.click(screen.getByRole('checkbox', { name: 'Chi bộ Thôn Đoài' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await screen.findByText(/Dấu mật: Hãy xem tệp/);
  await user.click(screen.getByRole('checkbox', { name: /tệp không mang dấu mật/ }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(location.hash).toBe('#/tai-lieu'));
  const ask = book.calls.findLast((c) => c.name === 'publish_document')?.ask;
  expect(ask).toMatchObject({ units: ['u2'], original: 'chosen:1', unmarked: true, must_confirm: false, shown_from: '2026-11-23' });
  expect(ask.blocks[0]).toEqual({ kind: 'heading', level: 1, text: 'Mở đầu' });
  expect(ask.facts).toMatchObject({ number: '13-NQ/ĐU', issued_on: '2026-11-20' });
});

test('the recognition of a scan is stopped, keeps what it has, and goes on', async () => {
  const book = open({ scan: 'slow' });
  let let3 = () => {};
  const held = new Promise<void>((go) => (let3 = go));
  window.__book = async (name, ask) => {
    const page = (ask as { page: number }).page;
    if (name !== 'recognise_page' || page < 3) return book(name, ask);
    if (page === 3) await held;
    return { blocks: [para(`Trang ${page}`)], pages: 12, done: Array.from({ length: page }, (_, i) => i + 1) };
  };
  location.hash = '#/tai-lieu/ban-hanh';
  render(App);
  const user = userEvent.setup();
  const file = new File(['x'], 'a.pdf');
  file.arrayBuffer = async () => new ArrayBuffer(1);
  await user.upload(await screen.findByLabelText<HTMLInputElement>('Chọn tệp: Word, PDF hoặc ảnh', { selector: 'input' }), file);
  await screen.findByText('Đang nhận dạng trang 3 trên 12');
  await user.click(screen.getByRole('button', { name: 'Dừng' }));
  let3();
  await screen.findByText('Đã nhận dạng 3 trên 12 trang');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Số, ký hiệu' }).value).toBe('13-NQ/ĐU');
  await user.click(screen.getAllByRole('button', { name: /^Xóa đoạn|^Thêm đoạn cuối/ })[0]!);
  await user.click(screen.getByRole('button', { name: 'Nhận dạng tiếp' }));
  await screen.findByRole('button', { name: /Trang 12$/ });
  expect(screen.queryByText(/Đang nhận dạng trang/)).toBeNull();
});

// Planted: whatever fails refuses the whole scan; what failed is not handed over → each caught.
test('a page that cannot be recognised loses nothing, and only what is secret is refused whole', async () => {
  const book = open({ scan: 'slow' });
  let why: string | null = 'not_recognised';
  window.__book = async (name, ask) => {
    const page = (ask as { page: number }).page;
    if (name !== 'recognise_page' || page < 3) return book(name, ask);
    if (why) throw { code: 'invalid', faults: [{ field: 'original', why, params: {} }] };
    return { blocks: [para(`Trang ${page}`)], pages: 12, done: Array.from({ length: page }, (_, i) => i + 1) };
  };
  location.hash = '#/tai-lieu/ban-hanh';
  render(App);
  const user = userEvent.setup();
  const file = new File(['x'], 'a.pdf');
  file.arrayBuffer = async () => new ArrayBuffer(1);
  await user.upload(await screen.findByLabelText<HTMLInputElement>('Chọn tệp: Word, PDF hoặc ảnh', { selector: 'input' }), file);
  await screen.findByText('Đã nhận dạng 2 trên 12 trang');
  await screen.findByRole('alert');
  await waitFor(() => expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Số, ký hiệu' }).value).toBe('13-NQ/ĐU'));
  await user.click(screen.getAllByRole('button', { name: /^Xóa đoạn|^Thêm đoạn cuối/ })[0]!);
  why = null;
  await user.click(screen.getByRole('button', { name: 'Nhận dạng tiếp' }));
  await screen.findByRole('button', { name: /Trang 12$/ });
  expect(screen.queryByRole('alert')).toBeNull();
  why = 'secret_text';
  await user.upload(screen.getByLabelText<HTMLInputElement>('Chọn tệp khác', { selector: 'input' }), file);
  await screen.findByText(/Văn bản có dấu chỉ độ mật/);
  expect(screen.queryByRole('textbox', { name: 'Số, ký hiệu' })).toBeNull();
});

// Planted: a button that is never shut; a key that asks no button; words that stay although they were dropped → each caught.
test('nothing is published while a scan is read; half a scan is refused, and goes on or goes without its words', async () => {
  const book = open({ scan: 'slow' });
  let let3 = () => {};
  const held = new Promise<void>((go) => (let3 = go));
  const { user } = await choosing(
    Object.assign(
      async (name: string, ask: { page: number; blocks: Block[] }) => {
        if (name === 'recognise_page' && ask.page === 3) return held.then(() => ({ blocks: [para('Trang 3')], pages: 12, done: [1, 2, 3] }));
        if (name === 'publish_document' && ask.blocks.length) {
          await book(name, ask);
          throw { code: 'invalid', faults: [{ field: 'original', why: 'not_whole', params: { done: 3, pages: 12 } }] };
        }
        return book(name, ask);
      },
      { calls: book.calls },
    ) as typeof book,
  );
  await screen.findByText('Đang nhận dạng trang 3 trên 12');
  await user.click(screen.getByRole('checkbox', { name: /tệp không mang dấu mật/ }));
  expect(go().disabled).toBe(true);
  expect(screen.getByText(/Chờ xong, hoặc bấm Dừng/)).toBeTruthy();
  await user.keyboard('{Control>}{Enter}{/Control}');
  await user.click(screen.getByRole('button', { name: 'Dừng' }));
  let3();
  await screen.findByText('Đã nhận dạng 3 trên 12 trang');
  expect(book.calls.some((c) => c.name === 'publish_document')).toBe(false);
  await user.click(go());
  expect(await screen.findByText(/Mới nhận dạng 3\/12 trang\. Nhận dạng nốt, hoặc xóa hết chữ/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Xóa hết chữ, chỉ dùng bản gốc' }));
  await screen.findByText(/Chưa có lời văn/);
  await user.click(go());
  await waitFor(() => expect(location.hash).toBe('#/tai-lieu'));
  expect(book.calls.findLast((c) => c.name === 'publish_document')?.ask.blocks).toEqual([]);
});

// Planted: pages that were recognised another day passed over → caught.
test('a scan that was half read another day goes on from there, beside what is typed meanwhile', async () => {
  const book = open({ scan: 'whole' });
  let last = () => {};
  const held = new Promise<void>((go) => (last = go));
  const { user } = await choosing((async (name: string, ask: { page: number }) => {
    if (name !== 'recognise_page') return book(name, ask);
    if (ask.page === 12) await held;
    return { blocks: [para(`Trang ${ask.page}`)], pages: 12, done: [...new Set([1, 2, 3, ask.page])] };
  }) as typeof book);
  await screen.findByText('Đang nhận dạng trang 12 trên 12');
  await user.click(screen.getByRole('button', { name: 'Thêm đoạn cuối' }));
  await user.keyboard('Của tôi');
  last();
  await screen.findByRole('button', { name: /Trang 12$/ });
  expect(screen.getAllByRole('button', { name: /Trang \d+$/ }).map((b) => b.textContent?.match(/Trang \d+/)?.[0])).toEqual(
    Array.from({ length: 12 }, (_, i) => `Trang ${i + 1}`),
  );
  expect(go().disabled).toBe(false);
});

// Planted: pages that are not asked for; a box that is made anew when they come; a layout that moves under the hands → each caught.
test('the pages of a Word file come beside the text while it is written in, and where none come nothing moves either', async () => {
  for (const pages of [4, 0]) {
    const book = open({});
    let answer = () => {};
    const held = new Promise<void>((go) => (answer = go));
    const { user } = await choosing((async (name: string, ask: unknown) => {
      if (name === 'pages_of') return held.then(() => ({ pages, kind: 'docx' }));
      return book(name, ask);
    }) as typeof book);
    expect(await screen.findByText('Đang dựng trang bản gốc…')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: /^Sửa đoạn 1, đề mục lớn/ }));
    const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Lời đoạn 1' });
    await user.clear(box);
    await user.type(box, 'Mở');
    answer();
    if (pages) expect((await screen.findByRole('img')).getAttribute('alt')).toBe('Nghị quyết 13.docx, trang 1 trên 4');
    else await screen.findByText(/cài LibreOffice/);
    expect(document.activeElement).toBe(box);
    expect(document.querySelectorAll('.pair.paged')).toHaveLength(2);
    await user.keyboard(' đầu');
    expect(box.value).toBe('Mở đầu');
    document.body.replaceChildren();
  }
});

test('where a Word file has no pages, the phone stands beside its text; nobody issued what names no issuer', async () => {
  const book = open({});
  await choosing((async (name: string, ask: unknown) => {
    const said = (await book(name, ask)) as { paper: { facts: object } };
    return name === 'open_paper' ? { ...said, paper: { ...said.paper, facts: { ...said.paper.facts, issuer: null }, warnings: ['no_issuer'] } } : said;
  }) as typeof book);
  expect(await screen.findByText(/cài LibreOffice/)).toBeTruthy();
  expect(document.querySelectorAll('.pair.paged')).toHaveLength(0);
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Nơi ban hành' }).value).toBe('');
  expect(screen.getByText(/Không thấy cơ quan ban hành/)).toBeTruthy();
});

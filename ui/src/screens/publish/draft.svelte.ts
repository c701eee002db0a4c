// The reading text while it is put right. Blocks are never changed, only replaced, so every step can be taken back.
import type { Block } from '../../lib/types';
import { runs } from '../document/runs';

export type Entry = { key: number; block: Block };
export type Kind = 'heading1' | 'heading2' | 'heading3' | 'paragraph' | 'item' | 'table';
export const KINDS: Kind[] = ['heading1', 'heading2', 'heading3', 'paragraph', 'item', 'table'];

const KEPT = 300; // steps
const flat = (b: Block) => runs(b).filter(Boolean).join(' ');
export const kindOf = (b: Block): Kind => (b.kind === 'heading' ? (`heading${b.level}` as Kind) : b.kind);

export function turned(b: Block, kind: Kind): Block {
  const text = flat(b);
  if (kind === kindOf(b)) return b;
  if (kind === 'paragraph') return { kind, lead: null, text };
  if (kind === 'item') return { kind, mark: null, text };
  if (kind === 'table') return { kind, rows: [[text, ''], ['', '']] }; // prettier-ignore
  return { kind: 'heading', level: Number(kind.slice(-1)), text };
}

export class Draft {
  entries = $state.raw<Entry[]>([]);
  // The block that is open for writing, and where in its text.
  open = $state.raw<{ key: number; at: number | null } | null>(null);
  #past = $state.raw<Entry[][]>([]);
  #run = '';
  #keys = 0;
  changed = $derived(this.#past.length > 0);
  blocks = $derived(this.entries.map((e) => e.block));

  #entry = (block: Block): Entry => ({ key: ++this.#keys, block });

  fill(blocks: Block[]) {
    this.entries = blocks.map(this.#entry);
    this.#past = [];
    this.open = null;
  }

  // What is typed in one go is one step.
  #step(entries: Entry[], run = '') {
    if (!run || run !== this.#run) this.#past = [...this.#past.slice(-KEPT + 1), this.entries];
    this.#run = run;
    this.entries = entries;
  }
  undo = () => {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#run = '';
    this.entries = before;
    if (!before.some((e) => e.key === this.open?.key)) this.open = null;
  };

  #at = (key: number) => this.entries.findIndex((e) => e.key === key);
  #swap(at: number, count: number, ...entries: Entry[]) {
    return [...this.entries.slice(0, at), ...entries, ...this.entries.slice(at + count)];
  }

  put(key: number, block: Block, run = '') {
    const at = this.#at(key);
    if (at >= 0) this.#step(this.#swap(at, 1, { key, block }), run && `${key} ${run}`);
  }
  // Text that is typed: a step a word.
  say(key: number, field: string, said: string, block: Block) {
    this.put(key, block, `${field} ${said.split(' ').length}`);
  }
  turn(key: number, kind: Kind) {
    const entry = this.entries[this.#at(key)];
    if (entry) this.put(key, turned(entry.block, kind));
  }

  split(key: number, at: number) {
    const n = this.#at(key);
    const block = this.entries[n]?.block;
    if (!block || block.kind === 'table') return;
    const [above, below] = [block.text.slice(0, at).trimEnd(), block.text.slice(at).trimStart()];
    const next = this.#entry(block.kind === 'item' ? { kind: 'item', mark: null, text: below } : { kind: 'paragraph', lead: null, text: below });
    this.#step(this.#swap(n, 1, { key, block: { ...block, text: above } }, next));
    this.open = { key: next.key, at: 0 };
  }

  canJoin(key: number) {
    const n = this.#at(key);
    const [above, block] = [this.entries[n - 1]?.block, this.entries[n]?.block];
    if (!above || !block) return false;
    if (above.kind === 'table') return block.kind === 'table' && above.rows[0]?.length === block.rows[0]?.length;
    return block.kind !== 'table';
  }
  join(key: number) {
    const n = this.#at(key);
    const [above, entry] = [this.entries[n - 1], this.entries[n]];
    if (!above || !entry || !this.canJoin(key)) return;
    if (above.block.kind === 'table' && entry.block.kind === 'table') {
      this.#step(this.#swap(n - 1, 2, { key: above.key, block: { kind: 'table', rows: [...above.block.rows, ...entry.block.rows] } }));
      this.open = { key: above.key, at: null };
    } else if (above.block.kind !== 'table') {
      const text = [above.block.text, flat(entry.block)].filter(Boolean).join(' ');
      const at = above.block.text.length;
      this.#step(this.#swap(n - 1, 2, { key: above.key, block: { ...above.block, text } }));
      this.open = { key: above.key, at };
    }
  }

  // Below the block, or at the start.
  add(key: number | null, block: Block = { kind: 'paragraph', lead: null, text: '' }) {
    const entry = this.#entry(block);
    this.#step(this.#swap(key === null ? 0 : this.#at(key) + 1, 0, entry));
    this.open = { key: entry.key, at: 0 };
  }
  append(blocks: Block[]) {
    if (blocks.length) this.#step([...this.entries, ...blocks.map(this.#entry)]);
  }
  remove(key: number) {
    const n = this.#at(key);
    if (n < 0) return;
    const next = this.entries[n + 1] ?? this.entries[n - 1];
    this.#step(this.#swap(n, 1));
    this.open = next ? { key: next.key, at: null } : null;
  }

  clear = () => {
    if (this.entries.length) this.#step([]);
    this.open = null;
  };

  // The block above or below; stays where there is none.
  go(key: number, by: 1 | -1) {
    const next = this.entries[this.#at(key) + by];
    if (next) this.open = { key: next.key, at: by > 0 ? 0 : null };
    return !!next;
  }
}

// The runs of words of a block, in the order in which Rust counts them, and a run cut where something was found.
import type { Block, TextHit } from '../../lib/types';

export type Piece = { text: string; hit: number | null };

export function runs(b: Block): string[] {
  if (b.kind === 'table') return b.rows.flat();
  if (b.kind === 'paragraph') return b.lead === null ? [b.text] : [b.lead, b.text];
  if (b.kind === 'item') return b.mark === null ? [b.text] : [b.mark, b.text];
  return [b.text];
}

export function cut(text: string, hits: { hit: TextHit; n: number }[]): Piece[] {
  const out: Piece[] = [];
  let from = 0;
  for (const { hit, n } of hits) {
    if (hit.from > from) out.push({ text: text.slice(from, hit.from), hit: null });
    out.push({ text: text.slice(hit.from, hit.to), hit: n });
    from = hit.to;
  }
  if (from < text.length || !out.length) out.push({ text: text.slice(from), hit: null });
  return out;
}

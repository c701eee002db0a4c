// Whom a document is for: a tree of units, of which the whole covers what is below it.
import type { Reply } from '../../lib/call';

export type Place = Reply<'publishing'>['audiences'][number];
export type Unit = Place['unit'];
export type Node = { place: Place; below: Node[] };

export function tree(places: Place[], above: Unit | null = null): Node[] {
  return places.filter((p) => p.above === above).map((place) => ({ place, below: tree(places, place.unit) }));
}

// Those above a unit, nearest first.
function over(places: Place[], unit: Unit): Unit[] {
  const above = places.find((p) => p.unit === unit)?.above;
  return above ? [above, ...over(places, above)] : [];
}

export const covered = (places: Place[], chosen: Unit[], unit: Unit) => over(places, unit).some((u) => chosen.includes(u));

// Ticking the whole takes the ticks off what is below it.
export function toggled(places: Place[], chosen: Unit[], unit: Unit): Unit[] {
  if (chosen.includes(unit)) return chosen.filter((u) => u !== unit);
  return [...chosen.filter((u) => !over(places, u).includes(unit)), unit];
}

export const fold = (words: string) =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐðÐ]/g, 'd')
    .toLowerCase()
    .trim();

// What a search leaves: what bears the words, what stands above it, and what is below it.
export function found(places: Place[], typed: string): Place[] {
  const want = fold(typed);
  if (!want) return places;
  const hits = new Set(places.filter((p) => fold(p.name).includes(want)).map((p) => p.unit));
  const kept = new Set([...hits].flatMap((u) => [u, ...over(places, u)]));
  return places.filter((p) => kept.has(p.unit) || over(places, p.unit).some((u) => hits.has(u)));
}

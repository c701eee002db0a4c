// The fields of any record in words: what one is called, what it holds.
import { date, plain } from './say';
import { text } from './text.svelte';

type Words = Partial<Record<string, string>>;
type Held = { name: string; value: string | null; kind: string };

export const label = (what: string, name: string): string => text.full.person[`${what}.${name}`] ?? text.full.person[name] ?? name;

export function value({ name, value: held, kind }: Held): string {
  const t = text.full;
  if (held === null || held === '') return t.members.noValue;
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(held)) return date(held);
  if (kind !== 'choice') return plain(held);
  const lists: Partial<Record<string, Words>> = { mark: t.mark, status: t.state, reason: t.reason, standing: t.standing, activity: t.activity, kind: t.kind };
  const words: Words = lists[name] ?? { ...t.choice, ...t.post };
  return words[held] ?? t.choice[held] ?? held;
}

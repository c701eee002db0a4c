// What an entry says of a field, and what became of the entry, in words.
import { date, moment, plain } from '../../lib/say';
import { text } from '../../lib/text.svelte';
import type { AsideRecord, Decided } from '../../lib/types';

type Words = Partial<Record<string, string>>;

export const label = (what: string, name: string): string => text.full.person[`${what}.${name}`] ?? text.full.person[name] ?? name;

export function value({ name, value: held, kind }: AsideRecord['fields'][number]): string {
  const t = text.full;
  if (held === null || held === '') return t.members.noValue;
  if (kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(held)) return date(held);
  if (kind !== 'choice') return plain(held);
  const lists: Partial<Record<string, Words>> = { mark: t.mark, status: t.state, reason: t.reason, standing: t.standing, activity: t.activity, kind: t.kind };
  const words: Words = lists[name] ?? { ...t.choice, ...t.post };
  return words[held] ?? t.choice[held] ?? held;
}

export function outcome(d: Decided): string {
  const t = text.full.exchange;
  const [by, at] = [d.by || t.asideNobody, moment(d.at)];
  return d.taken ? t.asideTaken({ by, at }) : t.asideTurned({ by, at, reason: d.reason ?? '' });
}

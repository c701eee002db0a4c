// What became of an entry that was set aside, in words.
import { moment } from '../../lib/say';
import { text } from '../../lib/text.svelte';
import type { Decided } from '../../lib/types';

export function outcome(d: Decided): string {
  const t = text.full.exchange;
  const [by, at] = [d.by || t.asideNobody, moment(d.at)];
  return d.taken ? t.asideTaken({ by, at }) : t.asideTurned({ by, at, reason: d.reason ?? '' });
}

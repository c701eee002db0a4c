// How the value of a personal field is written for a reader.
import { date } from '../../lib/say';
import { text } from '../../lib/text.svelte';
import type { PersonField } from '../../lib/types';

export function shown(f: PersonField, value: string | null): string {
  if (value === null || value === '') return text.full.members.noValue;
  if (f.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return date(value);
  if (f.kind === 'choice') return text.full.choice[value] ?? value;
  return value;
}

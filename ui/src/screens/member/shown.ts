// How the value of a personal field is written for a reader.
import { date, moment } from '../../lib/say';
import { text } from '../../lib/text.svelte';
import type { PersonField } from '../../lib/types';

export function shown(f: PersonField, value: string | null): string {
  if (value === null || value === '') return text.full.members.noValue;
  if (f.kind === 'date' && /^\d{4}-\d\d-\d\d$/.test(value)) return date(value);
  if (f.kind === 'choice') return text.full.choice[value] ?? value;
  return value;
}

// What two machines wrote, what stands first: for a person to choose.
export const versions = (f: PersonField) => [
  { shown: shown(f, f.value), from: text.full.clash.here },
  ...f.others.map((o) => ({ shown: shown(f, o.value), from: text.full.clash.from({ device: o.device, at: moment(o.at) }) })),
];

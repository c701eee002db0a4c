// The words of a refused field, beside the field and in the summary: the same words in both places.
import { text } from './text.svelte';
import type { Fault } from './types';
import type { Why } from '../text/vi.more';

export function words(f: Fault): string {
  const all: Partial<Record<string, (p: Fault['params']) => string>> = text.full.fault;
  return (all[f.why] ?? text.full.fault['unreadable' satisfies Why])(f.params);
}

export const label = (field: string): string => text.full.person[field] ?? field;

// A date is three boxes but one question.
const dates = ['day', 'month', 'year', 'planned_at', 'date'];
export const at = (faults: Fault[], field: string): Fault | undefined =>
  faults.find((f) => f.field === field || (field === 'day' && dates.includes(f.field)) || (field === 'at' && f.field === 'started_at'));
export const target = (field: string): string => `f-${dates.includes(field) ? 'day' : field}`;

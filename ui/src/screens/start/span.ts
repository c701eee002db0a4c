// A stretch of time in words, rounded to what a person would say.
import { text } from '../../lib/text.svelte';

export function span(seconds: number): string {
  const t = text.all.sync;
  if (seconds < 90) return t.seconds({ n: Math.ceil(seconds) });
  if (seconds < 5400) return t.minutes({ n: Math.ceil(seconds / 60) });
  return t.hours({ n: Math.round(seconds / 3600) });
}

// How dates, times and figures are written: dd/mm/yyyy, 24 hours, decimal comma, whatever the machine's own locale says.
import { text } from './text.svelte';

const two = (n: number) => String(n).padStart(2, '0');

export const year = (iso: string) => iso.slice(0, 4);
export const month = (iso: string) => Number(iso.slice(5, 7));
export const dayOfMonth = (iso: string) => iso.slice(8, 10);
export const clock = (moment: string) => moment.slice(11, 16);
export const date = (iso: string) => `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;

// dd/mm within the year of the machine's clock, dd/mm/yyyy outside it.
export const short = (iso: string) => (year(iso) === String(new Date().getFullYear()) ? `${iso.slice(8, 10)}/${iso.slice(5, 7)}` : date(iso));

export const moment = (m: string) => `${clock(m)}, ${short(m)}`;

export function weekday(iso: string) {
  const at = new Date(Number(year(iso)), month(iso) - 1, Number(dayOfMonth(iso)));
  return text.all.weekdays[at.getDay()] ?? '';
}

export function now() {
  const d = new Date();
  return `${two(d.getHours())}:${two(d.getMinutes())}`;
}

const comma = (n: string) => (text.language === 'vi' ? n.replace('.', ',') : n);

export const percent = (n: number | null) => (n === null ? '–' : `${comma(String(Math.round(n)))}%`);

export function bytes(n: number) {
  if (n >= 1_000_000) return `${comma((n / 1_000_000).toFixed(1))} MB`;
  return `${Math.max(1, Math.round(n / 1000))} KB`;
}

// What files may take: exact, so that no two sizes read alike.
export function megabytes(n: number) {
  if (n >= 1000 && n % 100 === 0) return `${comma(String(n / 1000))} GB`;
  return `${String(n).replace(/\B(?=(\d{3})+$)/g, text.language === 'vi' ? '.' : ',')} MB`;
}

// A moment inside other words, as the book sends it: written for people, the rest left as it is.
export const plain = (words: string) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(words) ? moment(words) : words);

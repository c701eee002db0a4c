// A day in the three boxes that it is typed in.
export type Parts = { day: string; month: string; year: string };

export function parted(day: string): Parts {
  const [year = '', month = '', of = ''] = day.split('-');
  return { year, month, day: of };
}

// Empty only where nothing was typed: what is half typed is for the book to refuse.
export function whole({ day, month, year }: Parts): string {
  return day || month || year ? [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') : '';
}

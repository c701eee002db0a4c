// The size of the letters, a step up or down: the one of the whole app.
import { book } from '../../lib/book.svelte';
import { call } from '../../lib/call';
import { look, SCALES } from '../../lib/look.svelte';

export const step = (): number => SCALES.findLastIndex((s) => s <= look.scale);

export async function resize(by: number): Promise<void> {
  const scale = SCALES[step() + by];
  if (scale === undefined) return;
  const settings = await call('set', { scale });
  if (book.status) book.status = { ...book.status, settings };
  look.scale = settings.scale;
  await look.take(settings);
}

// The keys of the desktop. A key that a text field needs for itself is left to the field.
import { acts } from './acts.svelte';
import { book } from './book.svelte';
import { router } from './router.svelte';
import { rail } from './routes';
import { text } from './text.svelte';
import { typing } from './typing';
import { voice } from './voice.svelte';

export function listen(open: { find: () => void; keys: () => void }): () => void {
  const on = (e: KeyboardEvent) => {
    if (e.isComposing) return; // Vietnamese typing
    const act = choose(e, open);
    if (!act) return;
    e.preventDefault();
    act();
  };
  addEventListener('keydown', on);
  return () => removeEventListener('keydown', on);
}

function choose(e: KeyboardEvent, open: { find: () => void; keys: () => void }): (() => void) | null | undefined {
  const key = e.key.toLowerCase();
  if ((e.ctrlKey || e.metaKey) && !e.altKey) {
    if (key === 'k') return open.find;
    if (key === 'l') return () => void book.lock();
    if (key === 's') return () => voice.say(text.all.app.alwaysSaved);
    if (key === 'z' && !typing(e)) return acts.undo ?? acts.bar?.undo;
    return null;
  }
  if (e.altKey) {
    const item = /^[1-7]$/.test(key) ? rail(book.home.reply?.rights.publish)[Number(key) - 1] : undefined;
    return item && (() => router.go(item.href));
  }
  if (typing(e)) return null;
  if (key === '/') return acts.search;
  if (key === 'n') return acts.create;
  if (key === '?') return open.keys;
  return null;
}

// Tells the book that someone is here, so that it locks when nobody is. How long that may take is the book's to decide.
import { book } from './book.svelte';
import { call } from './call';

const every = 15_000;

export function attend(): () => void {
  let last = 0;
  const touch = () => {
    if (!book.open) return;
    last = performance.now();
    void call('touch', { route: location.hash }).catch((e) => book.failed(e));
  };
  const used = () => {
    if (performance.now() - last > every) touch();
  };
  const seen = () => {
    if (document.visibilityState === 'hidden') {
      if (book.open && book.status?.settings.lock_minutes === 0) void book.lock();
    } else void book.ask(); // time has passed unseen: the book may have been shut meanwhile
  };
  const moments = ['pointerdown', 'keydown', 'input', 'scroll'] as const;
  for (const m of moments) addEventListener(m, used, { passive: true, capture: true });
  addEventListener('hashchange', touch);
  document.addEventListener('visibilitychange', seen);
  return () => {
    for (const m of moments) removeEventListener(m, used, { capture: true });
    removeEventListener('hashchange', touch);
    document.removeEventListener('visibilitychange', seen);
  };
}

// What every screen needs of the book: is it open, who holds it, how is it synced.
import { call, onChanged, trouble } from './call';
import { Live } from './live.svelte';
import { look } from './look.svelte';
import type { Status, Trouble } from './types';

class Book {
  status = $state.raw<Status | null>(null);
  trouble = $state.raw<Trouble | null>(null); // of the book itself, when it will not even say its status
  joining = $state(false); // the first sync still has the screen although the book is already open
  home = new Live('home', ['unit', 'member', 'person', 'meeting', 'attendance', 'sync']);
  sync = new Live('sync_state', ['sync', 'device', 'progress']);

  open = $derived(this.status?.stage === 'open');

  take(status: Status) {
    this.status = status;
    this.trouble = null;
    void look.take(status.settings);
    if (status.stage === 'open') {
      void this.home.read({});
      void this.sync.read({});
    } else {
      // Nothing of the book stays on the page behind the code pad.
      this.home.forget();
      this.sync.forget();
    }
  }

  async ask() {
    try {
      this.take(await call('status', {}));
    } catch (e) {
      this.trouble = trouble(e);
    }
  }

  async lock() {
    this.take(await call('lock', {}));
  }

  failed = trouble;

  listen() {
    const shut = () => void this.ask();
    addEventListener('book-shut', shut);
    const stop = onChanged((tables) => {
      if (tables.includes('lock')) void this.ask();
      if (!this.open) return;
      this.home.heard(tables);
      this.sync.heard(tables);
    });
    return () => {
      removeEventListener('book-shut', shut);
      stop();
    };
  }
}

export const book = new Book();

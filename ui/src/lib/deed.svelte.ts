// Something that is asked of the book by a tap: `busy` while it lasts, and what it failed of until it is tried again.
import { trouble } from './call';
import type { Trouble } from './types';

export class Deed {
  busy = $state(false);
  trouble = $state.raw<Trouble | null>(null);

  // Whether it was done.
  try = async (work: () => Promise<unknown>): Promise<boolean> => {
    this.busy = true;
    try {
      await work();
      this.trouble = null;
    } catch (e) {
      this.trouble = trouble(e);
    }
    this.busy = false;
    return !this.trouble;
  };
}

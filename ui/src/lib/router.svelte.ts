// The address is the hash. Each move is a history entry, so that the Android back key walks back instead of closing the app.
import { tick } from 'svelte';

class Router {
  path = $state('/');
  #depth = 0; // how many entries lie behind this one; kept in the entry itself, so that back and forward cannot confuse it
  #backwards = false;
  #scrolled = new Map<string, number>();

  constructor() {
    history.replaceState({ depth: 0 }, '');
    addEventListener('hashchange', () => {
      const known = (history.state as { depth?: number } | null)?.depth;
      this.#backwards = known !== undefined && known < this.#depth;
      this.#depth = known ?? this.#depth + 1;
      if (known === undefined) history.replaceState({ depth: this.#depth }, '');
      this.#read();
    });
    this.#read();
  }

  #read() {
    this.path = location.hash.slice(1).split('?')[0] || '/';
  }

  get parts(): string[] {
    return this.path.split('/').filter(Boolean);
  }

  go(path: string) {
    if (path.replace(/^#/, '') !== this.path) location.hash = path.replace(/^#/, '');
  }

  replace(path: string) {
    history.replaceState(history.state, '', `#${path.replace(/^#/, '')}`);
    this.#backwards = false;
    this.#read();
  }

  back(otherwise: string) {
    if (this.#depth > 0) history.back();
    else this.replace(otherwise);
  }

  leave(path: string, y: number) {
    this.#scrolled.set(path, y);
  }

  // Going back finds the place where one was; going on begins at the top.
  async arrive(path: string) {
    await tick();
    scrollTo(0, this.#backwards ? (this.#scrolled.get(path) ?? 0) : 0);
  }
}

export const router = new Router();

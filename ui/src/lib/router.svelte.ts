// The address is the hash. Each move is a history entry, so that the Android back key walks back instead of closing the app.
import { tick } from 'svelte';

class Router {
  path = $state('/');
  #deep = 0; // moves made here: with none of them, back() must not leave the app
  #depth = new Map<string, number>();

  constructor() {
    addEventListener('hashchange', () => {
      this.#deep++;
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
    history.replaceState(null, '', `#${path.replace(/^#/, '')}`);
    this.#read();
  }

  back(otherwise: string) {
    if (this.#deep > 0) {
      this.#deep -= 2; // the step back is itself a hashchange
      history.back();
    } else this.replace(otherwise);
  }

  leave(path: string, y: number) {
    this.#depth.set(path, y);
  }

  async arrive(path: string) {
    await tick();
    scrollTo(0, this.#depth.get(path) ?? 0);
  }
}

export const router = new Router();

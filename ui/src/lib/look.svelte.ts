// Language, colours and text size, as the book remembers them.
import { text } from './text.svelte';
import type { Settings } from './types';

export const LOOKS = ['system', 'light', 'dark', 'sun'] as const;
export const SCALES = [100, 115, 130, 150, 175, 200] as const;

type Theme = Exclude<Settings['look'], 'system'>;

class Look {
  scale = $state(100);
  width = $state(innerWidth);
  theme = $state<Theme>('light');
  #wanted: Settings['look'] = 'system';
  #worn: Theme | null = null; // what a text is read on, while one is open
  #night = matchMedia('(prefers-color-scheme: dark)');

  // Large text takes the same road as a narrow screen.
  room = $derived(this.width / (this.scale / 100));
  wide = $derived(this.room >= 1000);
  middle = $derived(this.room >= 600 && this.room < 1000);

  constructor() {
    addEventListener('resize', () => (this.width = innerWidth));
    this.#night.addEventListener('change', () => this.#paint());
    this.#paint();
  }

  async take(s: Settings) {
    this.#wanted = s.look;
    this.scale = s.scale;
    this.#paint();
    await text.speak(s.language);
  }

  wear(theme: Theme | null) {
    this.#worn = theme;
    this.#paint();
  }

  #paint() {
    const root = document.documentElement;
    const system = this.#night.matches ? 'dark' : 'light';
    this.theme = this.#wanted === 'system' ? system : this.#wanted;
    root.dataset.theme = this.#worn ?? this.theme;
    root.style.setProperty('--scale', String(this.scale / 100));
  }
}

export const look = new Look();

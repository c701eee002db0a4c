// How this device shows a text: its paper, its letters, its spacing. The size is the one of the whole app.
import { look } from './look.svelte';

export const PAPERS = ['white', 'cream', 'night', 'sun'] as const;
export type Paper = (typeof PAPERS)[number];
type Kept = { paper: Paper | null; sans: boolean; spaced: boolean };

const worn = { white: 'light', cream: 'light', night: 'dark', sun: 'sun' } as const;

function kept(): Kept {
  const first: Kept = { paper: null, sans: false, spaced: false };
  try {
    return { ...first, ...(JSON.parse(localStorage.getItem('reading') ?? '{}') as Partial<Kept>) };
  } catch {
    return first; // what cannot be read was never chosen
  }
}

class Reading {
  #kept = $state.raw(kept());
  get sans() {
    return this.#kept.sans;
  }
  get spaced() {
    return this.#kept.spaced;
  }
  // The paper chosen for reading; else the one that goes with the colours of the app.
  get paper(): Paper {
    return this.#kept.paper ?? (look.theme === 'dark' ? 'night' : look.theme === 'sun' ? 'sun' : 'white');
  }

  set(part: Partial<Kept>) {
    this.#kept = { ...this.#kept, ...part };
    localStorage.setItem('reading', JSON.stringify(this.#kept));
    this.wear();
  }

  // The whole screen wears the paper while a text is open.
  wear = () => {
    const { paper } = this.#kept;
    look.wear(paper && worn[paper]);
    if (paper) document.documentElement.dataset.paper = paper;
    return () => {
      look.wear(null);
      delete document.documentElement.dataset.paper;
    };
  };
}
export const reading = new Reading();

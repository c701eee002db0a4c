// The words of the chosen language. The first words in Vietnamese are always here; the rest is fetched when a screen needs it.
import { vi, type Text } from '../text/vi';
import type { Library } from '../text/vi.library';
import type { More } from '../text/vi.more';
import type { Settings } from './types';

type Language = Settings['language'];
const first: Record<Language, () => Promise<Text>> = { vi: async () => vi, en: async () => (await import('../text/en')).en };
type Rest = More & { documents: Library };
const joined = ([{ more }, { library }]: [{ more: More }, { library: Library }]): Rest => ({ ...more, documents: library });
// Two files, fetched side by side: neither is longer than a screen's own.
const rest: Record<Language, () => Promise<Rest>> = {
  vi: async () => joined(await Promise.all([import('../text/vi.more'), import('../text/vi.library')])),
  en: async () => joined(await Promise.all([import('../text/en.more'), import('../text/en.library')])),
};

class Words {
  language = $state<Language>('vi');
  all = $state.raw<Text>(vi);
  #more = $state.raw<Rest | null>(null);
  #wanted = false;
  // For the screens behind whole(): everything there is to say.
  full = $derived({ ...this.all, ...(this.#more as Rest) });

  async speak(language: Language) {
    const [all, more] = await Promise.all([first[language](), this.#wanted ? rest[language]() : null]);
    this.all = all;
    this.language = language;
    if (more) this.#more = more;
    else if (this.#wanted) await this.whole(); // asked for while the other words were on their way
    document.documentElement.lang = language;
  }

  async whole(): Promise<void> {
    this.#wanted = true;
    const language = this.language;
    const more = await rest[language]();
    if (language !== this.language) return this.whole();
    this.#more = more;
  }
}

export const text = new Words();

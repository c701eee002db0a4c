// The words of the chosen language. Vietnamese is always here; English is fetched when asked for.
import { vi, type Text } from '../text/vi';
import type { Settings } from './generated/actions';

class Words {
  language = $state<Settings['language']>('vi');
  all = $state.raw<Text>(vi);

  async speak(language: Settings['language']) {
    this.all = language === 'en' ? (await import('../text/en')).en : vi;
    this.language = language;
    document.documentElement.lang = language;
  }
}

export const text = new Words();

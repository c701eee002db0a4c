// Reads a text aloud, block by block, where the device has a Vietnamese voice.
export class Aloud {
  voice = $state.raw<SpeechSynthesisVoice | null>(null);
  on = $state(false);

  constructor() {
    const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
    if (!speech) return;
    const look = () => (this.voice = speech.getVoices().find((v) => v.lang.toLowerCase().startsWith('vi')) ?? null);
    $effect(() => {
      look();
      speech.addEventListener('voiceschanged', look);
      return () => {
        speech.removeEventListener('voiceschanged', look);
        this.stop();
      };
    });
  }

  from(n: number, words: (n: number) => string | null, follow: (n: number) => void) {
    const said = words(n);
    if (said === null || !this.voice) return this.stop();
    this.on = true;
    const line = new SpeechSynthesisUtterance(said);
    line.voice = this.voice;
    line.lang = 'vi-VN';
    line.onend = () => {
      if (!this.on) return;
      follow(n + 1);
      this.from(n + 1, words, follow);
    };
    speechSynthesis.speak(line);
  }

  stop = () => {
    if (!this.on) return;
    this.on = false;
    speechSynthesis.cancel();
  };
}

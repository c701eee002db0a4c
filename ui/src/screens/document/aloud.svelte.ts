// Reads a text aloud, block by block, where the device has a Vietnamese voice.
export class Aloud {
  voice = $state.raw<SpeechSynthesisVoice | null>(null);
  // What is being said. What a platform tells of anything else is of no account any more.
  #line = $state.raw<SpeechSynthesisUtterance | null>(null);
  on = $derived(this.#line !== null);

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
    const line = (this.#line = new SpeechSynthesisUtterance(said));
    line.voice = this.voice;
    line.lang = 'vi-VN';
    line.onend = () => {
      if (line !== this.#line) return;
      follow(n + 1);
      this.from(n + 1, words, follow);
    };
    line.onerror = () => line === this.#line && this.stop();
    speechSynthesis.speak(line);
  }

  stop = () => {
    if (!this.on) return;
    this.#line = null;
    speechSynthesis.cancel();
  };
}

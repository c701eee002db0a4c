// What is said aloud once, in the one polite live region of the page.
class Voice {
  line = $state('');
  say(line: string) {
    // The same words twice must still be heard twice.
    this.line = line === this.line ? `${line}\u00a0` : line;
  }
}
export const voice = new Voice();

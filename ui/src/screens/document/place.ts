// Where one is in a long text: which block lies at the top, and how to bring one there.
const top = 80; // under the bar of the reader

const elements = (article: HTMLElement) => article.getElementsByClassName('block') as HTMLCollectionOf<HTMLElement>;

// Blocks lie in order, so the one at the top is found in few looks, however long the text. One that was brought there is the one
// that is found: else each change of size would go back by one.
export function at(article: HTMLElement): number {
  const all = elements(article);
  const end = all[all.length - 1];
  if (!end) return 0;
  if (end.getBoundingClientRect().bottom <= innerHeight) return all.length;
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as HTMLElement).getBoundingClientRect().bottom > top + 1) high = middle;
    else low = middle + 1;
  }
  return low;
}

// What has not been drawn yet has only a guessed height: it is aimed at again until it stands still.
export function show(find: () => Element | null | undefined, tries = 5) {
  const el = find();
  if (!el) return;
  const before = el.getBoundingClientRect().top;
  scrollBy({ top: before - top, behavior: 'instant' });
  if (tries) requestAnimationFrame(() => show(find, tries - 1));
}

export const block = (article: HTMLElement, n: number) => () => elements(article)[n];

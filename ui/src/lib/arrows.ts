// The up and down keys walk through the rows of a list or table by their first link.
export function arrows(box: HTMLElement) {
  const on = (e: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!by) return;
    const links = [...box.querySelectorAll<HTMLElement>('a[href]')];
    const next = links[links.indexOf(document.activeElement as HTMLElement) + by];
    if (!next) return;
    e.preventDefault();
    next.focus();
  };
  box.addEventListener('keydown', on);
  return () => box.removeEventListener('keydown', on);
}

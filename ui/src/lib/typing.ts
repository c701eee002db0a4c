// Whether somebody writes, or answers a dialog: every key is theirs then. It stands apart from keys.ts, which is of the first screen.
export const typing = ({ target }: { target: EventTarget | null }): boolean =>
  !!document.querySelector('dialog[open]') ||
  (target instanceof HTMLElement && target.matches('input:not([type=radio], [type=checkbox], [type=file]), textarea, select, [contenteditable]'));

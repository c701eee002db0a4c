// The body of a script: what can be tapped and is smaller than a thumb wants it.
const [least] = arguments;
const seen = (el) => el.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !el.closest('[aria-hidden=true]');
const open = document.querySelector('dialog[open]');
return [...document.querySelectorAll('button, a[href], input, select, textarea, summary, label.mark, label.option')]
  .filter((el) => seen(el) && !el.matches('.vh, .skip') && (!open || open.contains(el)))
  .filter((el) => {
    // A field is as large as the label around it: a tap there reaches it.
    const boxes = [el, el.matches('input') && el.closest('label, .search')].filter(Boolean).map((b) => b.getBoundingClientRect());
    return Math.max(...boxes.map((b) => b.width)) < least - 0.5 || Math.max(...boxes.map((b) => b.height)) < least - 0.5;
  })
  .map((el) => {
    const { width, height } = el.getBoundingClientRect();
    return `target ${Math.round(width)}x${Math.round(height)}: ${el.tagName} ${el.className} "${(el.ariaLabel ?? el.textContent).trim().slice(0, 40)}"`;
  });

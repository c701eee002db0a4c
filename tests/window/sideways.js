// The body of a script: who makes the page wider than the window.
const name = (el) => `${el.tagName.toLowerCase()}.${(el.getAttribute('class') ?? '').split(' ')[0]} "${el.textContent.trim().slice(0, 30)}"`;
const wide = document.documentElement.scrollWidth - innerWidth;
if (wide <= 0) return [];
// The innermost ones: what is around them is only as wide as they are. What a field holds may be longer than the field.
const right = (el) => {
  const box = el.getBoundingClientRect();
  return el.matches('input, select, textarea, svg *') ? box.right : Math.max(box.right, box.left + el.scrollWidth);
};
const over = (el) => right(el) > innerWidth + 1;
const out = [...document.querySelectorAll('body *')].filter((el) => over(el) && ![...el.children].some(over));
return [`${wide} px sideways: ${out.slice(0, 3).map(name).join(', ')}`];

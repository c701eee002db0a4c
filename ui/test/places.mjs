// Every screen and every state of it worth looking at: where it is, which book stands behind it, what to do first.
const type = (pin) => async (page) => {
  for (const d of pin) await page.getByRole('button', { name: d, exact: true }).click();
};
export const places = {
  lock: { book: { stage: 'locked', who: 'member' }, act: type('38') },
  'lock-wrong': { book: { stage: 'locked', who: 'member' }, act: async (page) => (await type('111111')(page), await type('38')(page)) },
  home: { wait: '.next' },
  'home-member': { book: { who: 'member', network: 'offline' }, wait: '.next' },
  'home-member-sync': { book: { who: 'member', network: 'syncing' }, wait: '.next' },
  roll: { at: '/sinh-hoat/next/diem-danh', book: { roll: 'mid', network: 'waiting' }, wait: '.tiles' },
  'roll-clash': { at: '/sinh-hoat/next/diem-danh', book: { roll: 'mid', clash: true }, wait: '.tiles' },
  'roll-closed': { at: '/sinh-hoat/next/diem-danh', book: { roll: 'closed' }, wait: '.tiles' },
  'roll-en': { at: '/sinh-hoat/next/diem-danh', book: { roll: 'mid', network: 'waiting', language: 'en' }, wait: '.tiles' },
};

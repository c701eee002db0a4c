// What jsdom does not have and the page asks for.
window.matchMedia ??= (media: string) => Object.assign(new EventTarget(), { matches: false, media, onchange: null, addListener() {}, removeListener() {} });
window.scrollTo = () => {};

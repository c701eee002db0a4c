// Written in the JavaScript of 2009 on purpose: it must run where the app itself cannot.
(function () {
  var css = window.CSS && window.CSS.supports;
  var able = css && 'noModule' in document.createElement('script') && window.CSS.supports('container-type', 'inline-size') && window.CSS.supports('color', 'color-mix(in srgb, red, blue)');
  if (able) return;
  document.getElementById('app').setAttribute('hidden', '');
  document.getElementById('old').removeAttribute('hidden');
})();

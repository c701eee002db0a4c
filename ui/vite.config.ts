import { defineConfig } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';

// `npm run dev` has no Rust behind it: the made-up book of the tests answers instead.
const standIn = {
  name: 'stand-in',
  apply: 'serve' as const,
  transformIndexHtml: () => [
    { tag: 'script', attrs: { type: 'module' }, children: "import { open } from '/test/stand-in.js'; window.__book = open();", injectTo: 'head-prepend' as const },
  ],
};

export default defineConfig({
  plugins: [svelte(), standIn],
  build: {
    // The page's files lie beside it: a list of what each screen imports would cost the first screen more than it saves the others.
    modulePreload: { polyfill: false, resolveDependencies: (_, files) => files.filter((f) => f.endsWith('.css')) },
    outDir: 'dist',
    target: ['chrome111', 'safari16.4'],
    cssTarget: ['chrome111', 'safari16.4'],
    assetsInlineLimit: 0, // a data: font or script would break the content security policy
  },
});

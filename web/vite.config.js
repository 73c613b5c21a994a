/** Builds the page into the package. Nothing is inlined: the house's policy allows only files of its own. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  worker: { format: 'es' }, // the browser's thread of sound takes modules
  build: {
    outDir: '../src/os1/server/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.md' }, // the fonts and the code in it ask to travel with their terms
  },
  test: { include: ['tests/**/*.test.ts'] },
});

/** Builds the page into the package. Nothing is inlined: the house's policy allows only files of its own. */
import { readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const FONTS = ['newsreader', 'figtree'];

/** The fonts' licence asks to travel with them. */
function fontLicences() {
  return {
    name: 'font-licences',
    generateBundle() {
      for (const font of FONTS) {
        const source = readFileSync(`node_modules/@fontsource-variable/${font}/LICENSE`, 'utf-8');
        this.emitFile({ type: 'asset', fileName: `licences/${font}.txt`, source });
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), fontLicences()],
  build: {
    outDir: '../src/os1/server/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences/code.md' },
  },
  test: { include: ['tests/**/*.test.ts'] },
});

/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import { compressBeforehand } from './bundling/compressed.ts';
import { publicDirectory } from './bundling/public_directory.ts';
import { firstPageChunks, preloadFirstPage } from './bundling/first_page.ts';

const server = process.env.TSUNAGI_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), tailwind(), { ...optimizeLocales.vite({ locales: ['ja-JP', 'en-US'] }), enforce: 'pre' }, preloadFirstPage(), publicDirectory(), compressBeforehand()],
  server: { port: 5173, proxy: { '/api': server, '/healthz': server } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows no data: URLs
    modulePreload: { polyfill: false }, // the polyfill would be an inline script
    rolldownOptions: {
      preserveEntrySignatures: 'allow-extension', // else every file with a screen in it gets a second one that only names it
      output: {
        codeSplitting: {
          groups: [
            { name: firstPageChunks(), debugName: 'first page', priority: 1, includeDependenciesRecursively: false },
            { name: 'aria', test: /node_modules\/(react-aria|react-stately|@internationalized)/ },
          ],
        },
      },
    },
  },
  test: { environment: 'jsdom', css: false },
});

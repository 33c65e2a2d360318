/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import optimizeLocales from '@react-aria/optimize-locales-plugin';
import tailwind from '@tailwindcss/vite';
import { defineConfig } from 'vite';

const server = process.env.TSUNAGI_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), tailwind(), { ...optimizeLocales.vite({ locales: ['ja-JP', 'en-US'] }), enforce: 'pre' }],
  server: { port: 5173, proxy: { '/api': server, '/healthz': server } },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy allows no data: URLs
    modulePreload: { polyfill: false }, // the polyfill would be an inline script
  },
  test: { environment: 'jsdom', css: false },
});

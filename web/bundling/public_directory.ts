import path from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * Builds the public list and map (`web/directory/`) into `directory/` of the web files: plain script and styles, so that the
 * same files open from disk, where scripts that are modules do not.
 */
export function publicDirectory(): Plugin {
  let root = '';
  let folder = '';
  return {
    name: 'public-directory',
    apply: 'build',
    configResolved(config) {
      root = config.root;
      folder = path.resolve(config.root, config.build.outDir, 'directory');
    },
    async writeBundle() {
      await build({
        configFile: false,
        root: path.join(root, 'directory'),
        logLevel: 'warn',
        build: {
          target: 'es2022',
          outDir: folder,
          emptyOutDir: true,
          assetsInlineLimit: 0,
          lib: { entry: 'directory.ts', formats: ['iife'], name: 'tsunagiDirectory', fileName: () => 'directory.js', cssFileName: 'directory' },
        },
      });
    },
  };
}

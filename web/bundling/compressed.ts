import { brotliCompress, constants } from 'node:zlib';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';

/** Puts a Brotli form (`name.br`) beside every text file; the server sends it to browsers that take it. */
export function compressBeforehand(): Plugin {
  let folder = '';
  return {
    name: 'compress-beforehand',
    apply: 'build',
    configResolved(config) {
      folder = path.resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const files = await readdir(folder, { recursive: true });
      const texts = files.filter((name) => /\.(html|js|css|svg|json|webmanifest|txt)$/.test(name));
      await Promise.all(
        texts.map(async (name) => {
          const file = path.join(folder, name);
          const contents = await readFile(file);
          const small = await promisify(brotliCompress)(contents, {
            params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: contents.length },
          });
          if (small.length < contents.length) await writeFile(`${file}.br`, small);
        }),
      );
    },
  };
}

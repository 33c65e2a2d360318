// The first page out of a few files that are fetched all at once; every other screen brings what only it needs.
import path from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

const root = path.resolve(import.meta.dirname, '..');

/** What a part is made of: these files and all they import. What an earlier part holds is not in a later one. */
const parts = [
  { libraries: 'start', own: 'start', sources: ['src/start.ts'] },
  { libraries: 'react', own: 'app', sources: ['src/main.tsx'] },
  { libraries: 'router', own: 'workplace', sources: ['src/app/workplace.tsx', 'src/home/home.tsx'] },
].map((part) => ({ ...part, sources: part.sources.map((source) => path.join(root, source)) }));

function withImports(sources: readonly string[], importsOf: (id: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    importsOf(id).forEach(add);
  };
  sources.forEach(add);
  return found;
}

/** Each part of the first page becomes two files, since its libraries change less often than the app; its styles are one. */
export function firstPageChunks() {
  let modules: Set<string>[] | undefined;
  return (id: string, graph: Rolldown.ChunkingContext): string | null => {
    modules ??= parts.map((part) => withImports(part.sources, (one) => graph.getModuleInfo(one)?.importedIds ?? []));
    const part = parts[modules.findIndex((known) => known.has(id))];
    if (!part) return null;
    if (id.endsWith('.css')) return 'start';
    return id.includes('/node_modules/') ? part.libraries : part.own;
  };
}

/** Names every file of the first page in index.html, so that none waits until another has been read. */
export function preloadFirstPage(): Plugin {
  return {
    name: 'preload-first-page',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = new Map(Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])));
        const holders = [...chunks.values()].filter((chunk) => parts.some((part) => part.sources.some((source) => chunk.moduleIds.includes(source))));
        const files = withImports(holders.map((chunk) => chunk.fileName), (name) => chunks.get(name)?.imports ?? []);
        const styles = [...files].flatMap((name) => [...(chunks.get(name)?.viteMetadata?.importedCss ?? [])]);
        const links = [...styles.map((name) => ({ rel: 'stylesheet', href: `/${name}` })), ...[...files].map((name) => ({ rel: 'modulepreload', href: `/${name}` }))];
        return links
          .filter(({ href }) => !html.includes(`"${href}"`))
          .map((attrs): HtmlTagDescriptor => ({ tag: 'link', attrs: { crossorigin: true, ...attrs }, injectTo: 'head' }));
      },
    },
  };
}

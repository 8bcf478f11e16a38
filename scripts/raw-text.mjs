// For esbuild: `import text from './name.js?raw'` is the text of a file of another language, as in Vite.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

export const rawText = {
  name: 'raw-text',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?raw$/ }, ({ path, resolveDir }) => ({
      // from here, since the name goes into what is built: the same bytes wherever the clone lies
      path: relative(process.cwd(), join(resolveDir, path.slice(0, -'?raw'.length))),
      namespace: 'raw-text',
    }));
    onLoad({ filter: /.*/, namespace: 'raw-text' }, async ({ path }) => ({
      contents: await readFile(path, 'utf8'),
      loader: 'text',
    }));
  },
};

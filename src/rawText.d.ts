// Files of other languages whose text is part of the program: `import text from './name.js?raw'`. Vite reads them so by itself, the
// build by the plugin in scripts/raw-text.mjs.
declare module '*?raw' {
  const text: string;
  export default text;
}

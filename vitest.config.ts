// Two kinds of tests. `unit`: a function or a class of the sources, in this process, on a machine with Node alone. `slow`: all
// that starts the built command, needs more than Node, or takes seconds; `smoke` is what everyone runs of that.
import { defineConfig, type TestProjectInlineConfiguration, type ViteUserConfig } from 'vitest/config';

/** What is slow wherever it stands, and folders in which all is. */
const SLOW = [
  'test/**/*.slow.test.ts',
  'test/{cli,kaggle,scripts}/**/*.test.ts',
  'test/kernels/{cuda,tensorflow,webgpu}/**/*.test.ts',
];
const SMOKE = 'test/smoke.test.ts';

/** Long enough for a machine with more to do than this. */
const LIMITS = { testTimeout: 120_000, hookTimeout: 120_000, teardownTimeout: 120_000 };
/** The report's style is read as text, which vitest else takes for a style sheet and leaves empty. */
const STYLES = { css: true };
const BUILD = 'test/cli/build.ts';

const projects: TestProjectInlineConfiguration[] = [
  { test: { name: 'unit', include: ['test/**/*.test.ts'], exclude: [...SLOW, SMOKE], ...LIMITS, ...STYLES } },
  { test: { name: 'smoke', include: [SMOKE], globalSetup: BUILD, ...LIMITS, ...STYLES } },
  { test: { name: 'slow', include: SLOW, globalSetup: BUILD, ...LIMITS, ...STYLES } },
];

const config: ViteUserConfig = defineConfig({ test: { globalSetup: 'test/kernels/wasm/build.ts', projects } });

export default config;

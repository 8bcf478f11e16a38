// What the conformance command for backends prints: for people, and as JSON Lines.
import type { BackendName } from '../../kernels/backend.ts';

export interface CaseResult {
  readonly backend: BackendName;
  /** Of the case. */
  readonly name: string;
  readonly seconds: number;
  /** Why it failed. */
  readonly reason?: string;
}

export interface Printer {
  backend(name: BackendName, device: string): void;
  result(result: CaseResult): void;
  /** What was not checked, and why. */
  leftOut(what: string): void;
  /** Prints the sum; returns how many failed. */
  end(): number;
}

export function printText(out: (line: string) => void): Printer {
  let passed = 0;
  let failed = 0;
  return {
    backend: (name, device) => out(`${name} on ${device}`),
    result: ({ backend, name, reason }) => {
      out(reason === undefined ? `passed: ${backend}: ${name}` : `FAILED: ${backend}: ${name}: ${reason}`);
      if (reason === undefined) passed++;
      else failed++;
    },
    leftOut: (what) => out(`left out: ${what}`),
    end: () => {
      out(`${passed} passed, ${failed} failed`);
      return failed;
    },
  };
}

export function printJson(out: (line: string) => void): Printer {
  const backends: { name: BackendName; device: string; passed: number; failed: number }[] = [];
  const leftOut: string[] = [];
  return {
    backend: (name, device) => {
      backends.push({ name, device, passed: 0, failed: 0 });
    },
    result: (result) => {
      backends.at(-1)![result.reason === undefined ? 'passed' : 'failed']++;
      out(JSON.stringify({ schema: 1, type: 'case', ...result }));
    },
    leftOut: (what) => {
      leftOut.push(what);
    },
    end: () => {
      const failed = backends.reduce((sum, each) => sum + each.failed, 0);
      const passed = backends.reduce((sum, each) => sum + each.passed, 0);
      out(JSON.stringify({ schema: 1, type: 'summary', passed, failed, backends, leftOut }));
      return failed;
    },
  };
}

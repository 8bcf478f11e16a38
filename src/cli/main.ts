#!/usr/bin/env node
// The command `batt`.
import { loadCode } from './code.ts';

process.exitCode = await loadCode(new URL('./', import.meta.url)).command.main(process.argv.slice(2));

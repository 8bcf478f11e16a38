// npm run conformance: holds the DSL against vector files recorded from the Python reference.
import { dslNames } from '../src/dsl/names.ts';
import { plainNames } from '../src/dsl/plain.ts';
import { plainSicNames, sicNames } from '../src/dsl/sic/names.ts';
import { conformance } from './conformance/command.ts';
import { subjectOf } from './conformance/run.ts';

const subjects = {
  fast: { plain: subjectOf(dslNames()), sic: subjectOf(sicNames(), 'sic') },
  reference: { plain: subjectOf(plainNames()), sic: subjectOf(plainSicNames(), 'sic') },
};
process.exitCode = conformance(process.argv.slice(2), subjects, {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});

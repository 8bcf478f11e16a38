// Functions that make functions, and functions applied to containers, in the S/I/C dialect. Source:
// docs/spec/dialect.md 2, 4.1, 5.
import { iterate, tuple } from '../../value/protocol.ts';
import { call1, type Value } from '../../value/value.ts';
import { COMBINATORS } from '../combinators.ts';
import type { Theme } from '../table.ts';
import { merge, merge_f, merge_t } from './containers.ts';
import { type Binary, same, shared, wrap, wrapAll } from './wrap.ts';

export const apply: Binary = shared(COMBINATORS, 'apply');
const apply_t: Binary = wrap('apply_t', (f, container) => tuple(iterate(container).map((item) => call1(f, item))));
const apply_f: Binary = shared(COMBINATORS, 'apply_f', 'apply');
export const mapply_t: Binary = wrap('mapply_t', (f, container) => merge_t(apply_t(f, container)));
const papply = shared(COMBINATORS, 'papply');

/** Functions that these return are not wrapped: calling them can raise. */
export const SIC_COMBINATORS: Theme = {
  ...same(COMBINATORS, 'compose chain matcher fork power rbind lbind rapply prapply'),
  apply,
  apply_t,
  apply_f,
  papply,
  mapply_t,
  ...wrapAll({
    mapply: (f: Value, container: Value) => merge(apply(f, container)),
    mapply_f: (f: Value, container: Value) => merge_f(apply_f(f, container)),
    mpapply: (f: Value, a: Value, b: Value) => merge_t(papply(f, a, b)),
    rapply_t: (functions: Value, value: Value) => tuple(iterate(functions).map((f) => call1(f, value))),
    rapply_f: COMBINATORS.rapply!,
  }),
};

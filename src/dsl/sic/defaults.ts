// What a function of the S/I/C dialect yields in place of an exception. Source: docs/spec/dialect.md 2.
import { EMPTY_SET } from '../../value/patch.ts';
import { EMPTY_TUPLE, Fn, type Value } from '../../value/value.ts';

const ZERO =
  'c_iz_n c_zo_n color colorcount_f colorcount_t get_color_rank_f get_color_rank_t get_rank height_f height_i ' +
  'height_o height_t hperiod index leastcolor_f leastcolor_t leftmost leftmost_i leftmost_o lowermost lowermost_i ' +
  'lowermost_o manhattan maximum minimum mostcolor_f mostcolor_t numcolors_f numcolors_t rightmost rightmost_i ' +
  'rightmost_o size size_f size_t uppermost uppermost_i uppermost_o valmax valmax_f valmax_t valmin valmin_f ' +
  'valmin_t vperiod width_f width_i width_o width_t';

const FALSE =
  'adjacent bordering both contained either equality even flip greater hline_i hline_o hmatching portrait_f ' +
  'portrait_t positive square_f square_t vline_i vline_o vmatching';

const SET =
  'apply_f asindices asobject backdrop box cmirror_f cmirror_i cmirror_o colorfilter combine_f connect corners delta ' +
  'difference dmirror_f dmirror_i dmirror_o dneighbors f_ofcolor fgpartition frontiers hfrontier hmirror_f hmirror_i ' +
  'hmirror_o inbox ineighbors initset insert intersection mapply mapply_f mfilter mfilter_f mfilter_t neighbors ' +
  'normalize normalize_i normalize_o objects occurrences outbox p_f p_g p_o palette_f palette_t partition prapply ' +
  'product rapply_f recolor_i recolor_o remove_f sfilter_f shift shoot sizefilter toindices toindices_i toindices_o ' +
  'toobject upscale_f vfrontier vmirror_f vmirror_i vmirror_o';

const FUNCTION = 'chain compose fork lbind matcher power rbind';

/** Ignores its arguments, however many. As CPython's code object has it, it declares none. */
function emptyFunction(): Fn {
  return new Fn(
    0,
    () => EMPTY_TUPLE,
    null,
    () => EMPTY_TUPLE,
  );
}

const DEFAULTS: ReadonlyMap<string, () => Value> = new Map<string, () => Value>([
  ...ZERO.split(' ').map((name) => [name, () => 0] as const),
  ...FALSE.split(' ').map((name) => [name, () => false] as const),
  ...SET.split(' ').map((name) => [name, () => EMPTY_SET] as const),
  ...FUNCTION.split(' ').map((name) => [name, emptyFunction] as const),
]);

/** Makes the default of the function of that name; all that are not listed have `()`. */
export function defaultOf(name: string): () => Value {
  return DEFAULTS.get(name) ?? (() => EMPTY_TUPLE);
}

/**
 * `_get_safe_default(callee)`: what a guarded statement yields when calling `callee` raises. A function of the DSL has
 * its own; what a program built, or what is no function, `()`.
 */
export function safeDefault(callee: Value): Value {
  return callee instanceof Fn && callee.name !== null ? defaultOf(callee.name)() : EMPTY_TUPLE;
}

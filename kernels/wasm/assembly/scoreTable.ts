// The sums of scoreTable, see kernels/scoreTable/op.ts.

/**
 * Adds `count` rows to the sums of the candidates `first`..`first` + `candidates` − 1; rows of others are passed over.
 * @param match 16 bytes a row
 * @param candidate 4 bytes a row
 * @param sample 4 bytes a row
 * @param weights 16 bytes a sample: demo, test and twice their sum
 * @param sums 16 bytes a candidate
 */
export function scoreTable(
  match: usize,
  candidate: usize,
  sample: usize,
  weights: usize,
  sums: usize,
  count: i32,
  first: i32,
  candidates: i32,
): void {
  for (let k: usize = 0; k < <usize>count; k++) {
    const c = load<i32>(candidate + 4 * k) - first;
    // a negative number is a large one without its sign
    if (<u32>c >= <u32>candidates) continue;
    const row = v128.load(match + 16 * k);
    const exact = i32x4.extract_lane(row, 0);
    const equal = i32x4.extract_lane(row, 2);
    const box = i32x4.extract_lane(row, 3);
    const accuracy = box > 0 ? <i32>(((<u32>equal) << 16) / <u32>box) : 0;
    const parts = i32x4.replace_lane(
      i32x4.replace_lane(i32x4.replace_lane(i32x4.splat(exact), 1, exact), 2, equal),
      3,
      accuracy,
    );
    const weight = v128.load(weights + 16 * <usize>load<i32>(sample + 4 * k));
    const sum = sums + 16 * <usize>c;
    v128.store(sum, i32x4.add(v128.load(sum), i32x4.mul(parts, weight)));
  }
}

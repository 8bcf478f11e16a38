// The sums of scoreTable, the four words of a candidate at once. See kernels/scoreTable/op.ts.

/**
 * Adds rows to the sums of some candidates; rows of other candidates, or of other samples, are passed over.
 * @param match 16 bytes a row
 * @param candidate 4 bytes a row
 * @param sample 4 bytes a row
 * @param factors 16 bytes a sample: its demo weight, its test weight, and twice their sum
 * @param sums 16 bytes a candidate
 */
export function scoreTable(
  match: usize,
  candidate: usize,
  sample: usize,
  factors: usize,
  sums: usize,
  rows: i32,
  firstCandidate: i32,
  candidates: i32,
  firstSample: i32,
  samples: i32,
): void {
  for (let k: usize = 0; k < <usize>rows; k++) {
    const c = load<i32>(candidate + 4 * k) - firstCandidate;
    const s = load<i32>(sample + 4 * k) - firstSample;
    // negative numbers are large ones without their sign
    if (<u32>c >= <u32>candidates || <u32>s >= <u32>samples) continue;
    const row = v128.load(match + 16 * k);
    const equal = i32x4.extract_lane(row, 2);
    const box = i32x4.extract_lane(row, 3);
    const accuracy = box > 0 ? <i32>(((<u32>equal) << 16) / <u32>box) : 0;
    // exact, exact, equal, accuracy
    const parts = i32x4.replace_lane(v128.shuffle<i32>(row, row, 0, 0, 2, 3), 3, accuracy);
    const sum = sums + 16 * <usize>c;
    v128.store(sum, i32x4.add(v128.load(sum), i32x4.mul(parts, v128.load(factors + 16 * <usize>s))));
  }
}

// outputKey, see kernels/outputKey/op.ts.

/** Keys of `count` candidates: 512-byte records at `outputs` to 16 bytes each at `keys`. */
export function outputKey(outputs: usize, keys: usize, count: i32, samples: i32): void {
  for (let k = 0; k < count; k++) {
    let key = i32x4.splat(0);
    for (let s = 0; s < samples; s++, outputs += 512) {
      // words 31 and 63, then 94 and 95 of the record
      let hash = v128.load32_zero(outputs, 124);
      hash = v128.load_lane<i32>(outputs, hash, 1, 252);
      hash = v128.load_lane<i64>(outputs, hash, 1, 376);
      const left = (7 * s) & 31;
      key = v128.xor(key, v128.or(i32x4.shl(hash, left), i32x4.shr_u(hash, (32 - left) & 31)));
    }
    v128.store(keys, key);
    keys += 16;
  }
}

// The WGSL that the kernels are, word for word.
import { expect, test } from 'vitest';
import { GridMatchProgram } from '../../../kernels/gridMatch/webgpu.ts';
import { OutputKeyProgram } from '../../../kernels/outputKey/webgpu.ts';
import { ScoreRankProgram, ScoreSumsProgram } from '../../../kernels/scoreTable/webgpu.ts';

test('gridMatch', () => {
  const program = new GridMatchProgram(9);
  expect(program.dispatch).toEqual([2, 1, 1]);
  expect(program.getUserCode()).toMatchInlineSnapshot(`
    "
          var<workgroup> parts: array<i32, 64>;

          // Equal cells of the records from i and j, in this thread's rows.
          fn equalCells(i: i32, j: i32, lane: i32, rows: i32, columns: i32) -> i32 {
            let own = clamp(rows - 4 * lane, 0, 4);
            if (own == 0) {
              return 0;
            }
            let a = i + lane;
            let b = j + lane;
            let differ = (outputs[a] ^ expected[b]) | (outputs[a + 8] ^ expected[b + 8]) |
                (outputs[a + 16] ^ expected[b + 16]) | (outputs[a + 24] ^ expected[b + 24]);
            let cells = differ & vec4<i32>((1 << u32(columns)) - 1);
            let counts = select(vec4<i32>(0), countOneBits(cells), vec4<i32>(0, 1, 2, 3) < vec4<i32>(own));
            return own * columns - (counts.x + counts.y + counts.z + counts.w);
          }

          fn main(thread: i32) {
            let lane = thread % 8;
            // All threads reach the barrier, those past the last record too.
            let row = min(thread / 8, uniforms.size - 1);
            let i = 32 * row;
            let j = 32 * clamp(index[row], 0, uniforms.expectedShape.x - 1);
            let heightA = outputs[i + 7].z;
            let heightB = expected[j + 7].z;
            let widthA = outputs[i + 15].z;
            let widthB = expected[j + 15].z;
            parts[localIndex] = equalCells(i, j, lane, min(heightA, heightB), min(widthA, widthB));
            workgroupBarrier();
            if (lane != 0 || thread / 8 >= uniforms.size) {
              return;
            }
            var equal = 0;
            for (var part = 0u; part < 8u; part++) {
              equal += parts[localIndex + part];
            }
            let box = max(heightA, heightB) * max(widthA, widthB);
            let sameShape = heightA == heightB && widthA == widthB && heightA > 0;
            result[row] = vec4<i32>(i32(sameShape && equal == box), i32(sameShape), equal, box);
          }
        "
  `);
});

test('outputKey', () => {
  const program = new OutputKeyProgram(17);
  expect(program.dispatch).toEqual([2, 1, 1]);
  expect(program.getUserCode()).toMatchInlineSnapshot(`
    "
          fn main(thread: i32) {
            if (thread >= uniforms.size) {
              return;
            }
            let samples = uniforms.outputsShape.y;
            let hash = vec4<i32>(31, 63, 94, 95)[thread % 4];
            var at = thread / 4 * samples * 128 + hash;
            var key = 0u;
            for (var s = 0; s < samples; s++) {
              let word = bitcast<u32>(outputs[at]);
              let left = u32(7 * s) & 31;
              // A shift takes 0..31: by 0 both halves are the word itself.
              key ^= (word << left) | (word >> ((32 - left) & 31));
              at += 128;
            }
            result[thread] = bitcast<i32>(key);
          }
        "
  `);
});

test('scoreTable: sums', () => {
  const program = new ScoreSumsProgram(65, 3);
  expect([program.outputShape, program.dispatch]).toEqual([
    [3, 4],
    [2, 1, 1],
  ]);
  expect(program.getUserCode()).toMatchInlineSnapshot(`
    "
          fn main(thread: i32) {
            if (thread >= uniforms.candidateShape) {
              return;
            }
            let c = candidate[thread];
            let s = sample[thread];
            if (c < 0 || c >= uniforms.outShape.x || s < 0 || s >= uniforms.weightsShape.x) {
              return;
            }
            let row = matches[thread];
            let weight = weights[s];
            let both = weight.x + weight.y;
            let to = 4 * c;
            if (row.x == 1) {
              atomicAdd(&result[to], weight.x);
              atomicAdd(&result[to + 1], weight.y);
            }
            atomicAdd(&result[to + 2], row.z * both);
            if (row.w > 0) {
              atomicAdd(&result[to + 3], row.z * 65536 / row.w * both);
            }
          }
        "
  `);
});

test('scoreTable: ranking', () => {
  expect(new ScoreRankProgram(65, 3, false).getUserCode()).toMatchInlineSnapshot(`
    "
          fn candidateAt(place: i32) -> i32 {
            return order[place];
          }

          // Whether the candidate at a place is better than candidate b, whose sums are y.
          fn isBetter(place: i32, b: i32, y: vec4<i32>) -> bool {
            let a = candidateAt(place);
            let x = sums[a];
            if (x.x != y.x) {
              return x.x > y.x;
            }
            if (x.y != y.y) {
              return x.y > y.y;
            }
            if (x.w != y.w) {
              return x.w > y.w;
            }
            return a < b;
          }

          fn main(thread: i32) {
            let count = uniforms.sumsShape.x;
            if (thread >= count) {
              return;
            }
            let run = uniforms.run;
            let own = candidateAt(thread);
            let ownSums = sums[own];
            let ownRun = thread - thread % run;
            let group = thread - thread % (4 * run);
            var place = group + thread - ownRun;
            for (var start = group; start < min(group + 4 * run, count); start += run) {
              if (start == ownRun) {
                continue;
              }
              var low = start;
              var high = min(start + run, count);
              while (low < high) {
                let middle = (low + high) / 2;
                if (isBetter(middle, own, ownSums)) {
                  low = middle + 1;
                } else {
                  high = middle;
                }
              }
              place += low - start;
            }
            if (place < uniforms.outShape) {
              result[place] = own;
            }
          }
        "
  `);
});

test('programs of other text have another key', () => {
  const programs = [
    new GridMatchProgram(1),
    new OutputKeyProgram(1),
    new ScoreSumsProgram(1, 1),
    new ScoreRankProgram(1, 1, true),
    new ScoreRankProgram(1, 1, false),
  ];
  expect(new Set(programs.map((program) => program.getUserCode())).size).toBe(programs.length);
  expect(new Set(programs.map((program) => program.shaderKey)).size).toBe(programs.length);
});

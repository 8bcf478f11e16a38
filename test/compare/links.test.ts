// Links at the limit of 32: only those that the rule cannot have removed are held against each other.
import { describe, expect, test } from 'vitest';
import { compareLinks } from '../../src/compare/links.ts';
import type { Recorded } from '../../src/compare/side.ts';

function links(scores: readonly number[], full: boolean, optional?: readonly number[]): Recorded {
  const map = (list: readonly number[]) => new Map(list.map((score, k) => [`${score} ${k}`, score]));
  return { values: map(scores), limit: { full, ...(optional === undefined ? {} : { optional: map(optional) }) } };
}

describe('sides of two kinds', () => {
  test('a full folder may lack a link at its lowest score or below, and no other', () => {
    const all = links([5, 4, 3, 2], false);
    expect(compareLinks(all, links([5, 4, 3], true), false)).toEqual({ compared: 3, waived: 1, differences: [] });
    expect(compareLinks(links([5, 4, 3], true), all, false)).toEqual({ compared: 3, waived: 1, differences: [] });
    const lacking: Recorded = {
      values: new Map([
        ['5 0', 5],
        ['3 2', 3],
      ]),
      limit: { full: true },
    };
    expect(compareLinks(all, lacking, false).differences).toEqual([{ item: '4 1', a: 'there', b: null }]);
    expect(compareLinks(all, links([5, 4, 3], false), false).differences).toHaveLength(1);
  });

  test('a case says which links may be there', () => {
    const some = links([5], true, [5, 4]);
    expect(compareLinks(links([5, 4], false), some, false)).toEqual({ compared: 2, waived: 0, differences: [] });
    expect(compareLinks(links([5], false), some, false)).toEqual({ compared: 1, waived: 0, differences: [] });
    expect(compareLinks(links([5, 4, 3], false), some, false).differences).toHaveLength(1);
  });
});

test('sides of one kind agree in all', () => {
  expect(compareLinks(links([5, 4], true), links([5], true), true).differences).toHaveLength(1);
  expect(compareLinks(links([5], true, [4]), links([5], true, []), true).differences).toHaveLength(1);
});

// Names that a mistyped name may have meant.

/** Up to `limit` of `names` that are at most two edits from `name` or begin with it, nearest first. */
export function nearNames(name: string, names: Iterable<string>, limit = 3): string[] {
  const found: { name: string; distance: number }[] = [];
  for (const candidate of names) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance <= 2) found.push({ name: candidate, distance });
    else if (name.length >= 3 && candidate.startsWith(name)) found.push({ name: candidate, distance: 3 });
  }
  found.sort((a, b) => a.distance - b.distance);
  return found.slice(0, limit).map((entry) => entry.name);
}

// Levenshtein distance, or 3 where the lengths alone make it more than 2.
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(change, above[j]! + 1, row[j - 1]! + 1));
    }
    above = row;
  }
  return above[b.length]!;
}

const token = /[\p{L}\p{N}]+(?:['’][\p{L}]+)?/gu;

/** Words in order, in small letters, marks left out. */
export function plainWords(text: string): string[] {
  return (text.toLowerCase().replace(/’/g, "'").match(token) ?? []).map((each) => each);
}

/** Number of words of the longest run that both texts have. O(n m) time, one row of memory. */
export function longestSharedRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  let above = new Uint32Array(b.length + 1);
  for (const word of a) {
    const row = new Uint32Array(b.length + 1);
    b.forEach((other, at) => {
      if (other !== word) return;
      const run = (above[at] ?? 0) + 1;
      row[at + 1] = run;
      if (run > longest) longest = run;
    });
    above = row;
  }
  return longest;
}

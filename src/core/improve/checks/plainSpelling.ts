/** Letters of other scripts that look like Latin ones (Unicode confusables, the common ones). */
const foreign = 'аеорсухіѕјһԁɡոսαονικρτυВЕНКМОРСТХАІΑΒΕΗΙΚΜΝΟΡΤΥΧΖ';
const familiar = 'aeopcyxisjhdgnuaovikptuBEHKMOPCTXAIABEHIKMNOPTYXZ';
const lookAlikes: ReadonlyMap<string, string> = new Map(
  [...foreign].map((letter, at): [string, string] => [letter, familiar.charAt(at)]),
);
const digits: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
};
const spacedLetters = /(?<![\p{L}\p{N}])\p{L}(?:[ ._*-]\p{L}){4,}(?![\p{L}\p{N}])/gu;
const marks = /[*_`~"'“”‘’«»]/g;

/** Characters that nobody sees: zero-width, direction, tags, supplementary variation selectors, soft hyphen. */
const unseen =
  /\u034F|[\u00AD\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\u{E0000}-\u{E01EF}]|(?<=[\p{Script=Latin}\s])[\u200C\u200D]|[\u200C\u200D](?=[\p{Script=Latin}\s])/gu;

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with them.
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/;
const mixed =
  /\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/u;

export function hasUnseenCharacters(text: string): boolean {
  return (text.match(unseen)?.length ?? 0) > 0 || control.test(text);
}

/** Letters of two alphabets within one word: "ignоre" with a Cyrillic o. Greek letters as units (µs, Δt) stand at an edge. */
export function hasMixedAlphabets(text: string): boolean {
  return (text.match(/\p{L}{3,}/gu) ?? []).some((word) =>
    mixed.test(word.replace(/^[µμΔδλσπ]|[µμΔδλσπ]$/u, '')),
  );
}

/** The text as a reader takes it: without unseen characters, emphasis and foreign look-alikes, spaced letters joined, on one line. */
export function plainSpelling(text: string): string {
  const joined = text
    .normalize('NFKC')
    .replace(unseen, '')
    .replace(marks, '')
    .replace(spacedLetters, (run) => run.replace(/[^\p{L}]/gu, ''));
  const latin = /\p{Script=Latin}/u.test(joined)
    ? joined.replace(/\p{L}+/gu, (word) =>
        mixed.test(word) ? [...word].map((letter) => lookAlikes.get(letter) ?? letter).join('') : word,
      )
    : joined;
  return latin.replace(/\s+/g, ' ').trim();
}

/** The same with the digits that stand for letters within words: "1gn0re" is ignore. */
export function withoutDigitLetters(text: string): string {
  return text.replace(/[\p{L}\d@$]{3,}/gu, (word) =>
    /\p{L}/u.test(word) && /[\d@$]/.test(word)
      ? word.replace(/[013457@$]/g, (sign) => digits[sign] ?? sign)
      : word,
  );
}

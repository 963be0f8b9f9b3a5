/**
 * Characters that show nothing and change what is around them: controls, marks that turn the direction of writing, spaces
 * of no width. (The joiner of emoji, U+200D, is none of them.)
 */
const invisible = /[\p{Cc}\p{Bidi_Control}\u00ad\u200b\u2060-\u2064\ufeff]/gu;
/** More marks on one letter than any script has run into the rows above and below. */
const heaps = /(\p{Mn}{3})\p{Mn}+/gu;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Untrusted text as one line of at most about `limit` characters. */
export function oneLine(text: string, limit: number): string {
  // Only the beginning can show; a whole transcript must not be gone through for it.
  const near = text.slice(0, limit * 8);
  const line = near.replace(/\s+/g, ' ').replace(invisible, '').replace(heaps, '$1').trim();
  const characters = [...line];
  if (characters.length <= limit && near.length === text.length) return line;
  return `${characters.slice(0, limit).join('').trimEnd()}…`;
}

/** Keeps the direction of a text that runs from right to left from reaching what stands beside it. */
export function isolated(text: string): string {
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** For notifications, prompts and messages, in which VS Code makes a link of `[x](command:y)`. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', ']\u2060(');
}

/** For rows of a pick, in which VS Code makes an icon of `$(x)`. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u2060(');
}

/** What another sentence is to follow, with a stop at its end. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

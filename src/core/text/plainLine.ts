/** Where a thought ends within a sentence: what stands before it can stand alone. */
const clauseEnd =
  /,\s|\s[–—-]{1,2}\s|;\s|\s\(|\s+(?=(?:so that|so we|as (?:this|it|we|you|i)|because|since|which|where|and then|and also|and let['’]?s|and make sure|and if|in order to|otherwise|unless|instead of|rather than)\s)/g;
/** Words that a title must not end with when it was cut. */
const dangling =
  /(?:^|\s+)(?:a|an|the|to|of|in|on|at|for|from|with|by|as|and|or|but|not|is|are|be|was|that|this|these|those|it|its|than|into|via|my|your|our|their|if|when|so|do|don['’]t|all|any|every|each)$/i;

/**
 * Text of strangers as one plain line: no control, bidirectional or invisible characters, no Markdown or HTML, no links. Safe to
 * be shown wherever plain text is.
 */
export function plainLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/[\p{Cf}\p{Co}\p{Cn}\uFFFC\uFFFD]/gu, '')
    .replace(/\p{Cs}/gu, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<!--.*?(?:-->|$)|<\/?[a-z][^<>]*>/gi, ' ')
    .replace(/[`*<>[\]{}|\\~^]+/g, '')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(
      /\b[a-z][a-z0-9+.-]*:\/\/\S*|\bwww\.\S*|\b(?:mailto|javascript|command|data|vscode):(?=\S)\S*/gi,
      '',
    )
    .replace(/\s+/g, ' ')
    .replace(/\s+([,.!?;:])(?=\s|$)/g, '$1')
    .trim();
}

function withoutEnd(text: string): string {
  for (let short = text, former = ''; ; ) {
    former = short;
    short = short.replace(/[\s,;:.!?–—-]+$/u, '').replace(dangling, '');
    if (short === former) return short;
  }
}

/** Characters of a text, not splitting any: an emoji is one. */
function head(text: string, longest: number): string {
  const characters = [...text];
  return characters.length <= longest ? text : characters.slice(0, longest).join('');
}

/** Cut at a word when longer than `longest` characters, the mark “…” included. */
export function cutAtWord(text: string, longest: number): string {
  if ([...text].length <= longest) return text;
  const short = head(text, longest - 1);
  const atWord = short.replace(/\s+\S*$/u, '');
  return `${withoutEnd(atWord) || short}…`;
}

/** The beginnings of a sentence that end where a thought does, the shortest first; without the whole. */
export function leadingThoughts(sentence: string): string[] {
  return [...sentence.matchAll(clauseEnd)].map((end) => withoutEnd(sentence.slice(0, end.index)));
}

export function capitalized(text: string): string {
  const [first = ''] = text.split(/[\s,]/);
  return /^\p{Ll}[\p{Ll}'’-]*$/u.test(first) ? text.charAt(0).toLocaleUpperCase('en') + text.slice(1) : text;
}

/** How a line is written, whatever it says: lists of sentences take sentences, lists of labels take labels. */
export interface RuleForm {
  /** "Error handling: return early." */
  readonly labelled: boolean;
  readonly sentence: boolean;
  readonly opening: 'capital' | 'small' | 'number' | 'path' | 'sign';
  /** ln(1 + words) */
  readonly length: number;
}

const longestLead = 60;

export function formOf(text: string): RuleForm {
  const first = /^\S*/.exec(text)?.[0] ?? '';
  const opening = /^\p{L}/u.test(first)
    ? /[/\\.]\w|\*/.test(first)
      ? 'path'
      : /^\p{Lu}/u.test(first)
        ? 'capital'
        : 'small'
    : /^[./~*@-]+\w/.test(first)
      ? 'path'
      : /^\d/.test(first)
        ? 'number'
        : 'sign';
  return {
    labelled: /^[^.!?]{2,60}?(?::\s| [-–—] )/.test(text.slice(0, longestLead + 3)),
    sentence: /[.!?]["')\]]*$/.test(text),
    opening,
    length: Math.log1p(text.split(/\s+/).length),
  };
}

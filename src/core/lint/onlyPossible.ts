/** Made by the agent or a program. */
const made =
  /\b(?:creat\w*|writ(?:e|es|ing|ten)|sav(?:e|es|ed|ing)|output\w*|generat\w*|produc\w*|stor(?:e|es|ed|ing)|export\w*|add(?:s|ed|ing)?|new|emit\w*|dump\w*|log(?:s|ged)? to|copy|copies|mkdir|touch|scaffold\w*|install\w*|build\w*|compil\w*|append\w*|record\w*|place|put|named?|naming|convention|format|structure|cache\w*|temp(?:orary)?|artifacts?|draft\w*|report\w*|symlink\w*|(?:go|goes|belong|belongs) (?:in|into|to|under))\b|\b(?:criar|crie|crear|créer|erstell\w*|anlegen|schreib\w*)|创建|生成|作成/i;
/** Not to be there, or there no more. */
const gone =
  /\b(?:never|not|don['’]t|doesn['’]t|without|no|avoid\w*|instead of|rather than|delet\w*|remov\w*|renam\w*|mov(?:e|ed|ing)|deprecat\w*|legacy|old|former\w*|previous\w*|used to|no longer|was|were|gone|replac\w*|migrat\w*|archiv\w*|retire\w*|obsolete)\b/i;
/** Supposed, planned or of elsewhere. */
const supposed =
  /\b(?:e\.?g\.?|i\.?e\.?|example\w*|such as|like|for instance|would|could|might|may|if|when|where|unless|optional\w*|option|future|futuro?|plan(?:s|ned|ning)?|todo|later|eventually|upcoming|template\w*|placeholder\w*|sample\w*|typical\w*|any|other|external|upstream|remote|user['’]?s?|your|hypothetical\w*|pattern\w*|looks? for|check (?:for|whether))\b|→|->|=>|❌|✗|🚫/i;

/** The words say that what they name need not exist: it is to be made, is gone, forbidden, or an example. */
export function onlyPossible(text: string): boolean {
  // What stands in code marks is a name and says nothing.
  const prose = text.replace(/`[^`]*`|\]\([^)]*\)/g, ' ');
  return made.test(prose) || gone.test(prose) || supposed.test(prose);
}

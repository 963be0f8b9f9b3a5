import { plainProse } from '../../text/plainProse';

/**
 * Orders that a text tries to pass on to whoever reads it: overrides of other instructions, downloads that are run at once, requests to
 * reveal or send things. Words of a transcript must never carry them into a prompt.
 */
const orders: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}\b(?:previous|prior|above|earlier|system|other|safety|all)\b.{0,30}\b(?:instruction|prompt|rule|guideline|direction|message)s?\b/i,
  /\b(?:curl|wget|iwr|invoke-webrequest)\b[^\n]{0,300}?\|\s{0,9}(?:sudo\s+)?(?:ba|z|da)?sh\b/i,
  /\b(?:bash|sh|eval|iex)\b[^\n]{0,20}(?:<\(|\$\(|\()\s*(?:curl|wget|iwr)\b/i,
  /\brm\s+-[a-z]*[rf][a-z]*\s+(?:--no-preserve-root\s+)?[/~]/i,
  /\bbase64\s+(?:-d|--decode)\b/i,
  /\byou are now\b.{0,40}\b(?:mode|dan|jailbroken|unrestricted|admin|root)\b/i,
  /\b(?:reveal|print|leak|exfiltrate|send|post|upload)\b.{0,40}\b(?:system prompt|secrets?|credentials?|passwords?|api keys?|tokens?|env(?:ironment)? variables?)\b/i,
  /<\/?(?:system|assistant|instructions?|system-reminder)>|<\|im_(?:start|end)\|>|\[\/?INST\]/i,
  /\b(?:do not|don't|never) (?:tell|inform|mention (?:this )?to) (?:the )?(?:user|human|person|reviewer)\b/i,
];

export function carriesInjectedOrder(text: string): boolean {
  return orders.some((order) => order.test(text));
}

const profanity =
  /\b(?:(?:what|why|who|how) the (?:hell|fuck|heck)|for (?:fuck'?s?|freak'?s?|god'?s?|christ'?s?) sake|(?:god)?damn(?:ed|it)?|fuck(?:ing|in'?|ed)?|fking|freaking|frigging|bloody|shit(?:ty)?|bull?shit|wtf|omg|ffs|idiot(?:ic)?|stupid(?:ly)?|dumb|moron|crap(?:py)?|what are you smoking)\b[,!?]*/gi;
const vocatives =
  /(?:^|[,.!?;]\s*)(?:claude|opus|sonnet|haiku|gemini|gpt|copilot|cursor|chatgpt|buddy|dude|bro|mate|man|guys|sir|friend|my friend|there buddy)\s*(?=[,.!?;]|$)/gi;
const filler =
  /\b(?:please|pls|plz|kindly|literally|honestly|basically|obviously|clearly|actually|really|seriously|in the first place|for the (?:\w+ )?time|thank you|thanks|i (?:already )?(?:told|said)(?: to)? you before|as i said|like i said|yet again|once again|ultrathink|be specific)\b/gi;
/** Characters that are looked at, before and after pasted output is taken out: a correction that says more says it at its start. */
const mostRead = 40_000;
const mostProse = 4_000;

/** The sentences of a person, freed of what is not their own plain words: code, logs, quotations, links, swearing, politeness. */
export function cleanWords(text: string): string {
  const prose = plainProse(text.slice(0, mostRead))
    .replace(/[ \t\u00A0]+/g, ' ')
    .slice(0, mostProse)
    .replace(/\S{120,}/g, ' ')
    .replace(/\[REDACTED[^\]]*\]|<redacted[^>]*>/gi, '')
    .replace(/[’‘]/g, "'")
    .replace(/[“”]/g, '"')
    .split('\n')
    .filter((line) => !/^\s*(?:>|#{1,6}\s|[{}[\]])/.test(line))
    .map((line) => line.replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, ''))
    .join('\n');
  return prose
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\(?\bhttps?:\/\/\S+/gi, '')
    .replace(/<\/?([\w-]+)[^<>]*>/g, '$1')
    .replace(/\(see [^()]*\)|\([^()]*\)/gi, '')
    .replace(/\b[\w.+-]+@[\w-]+\.[\w.]+\b/g, '')
    .replace(/\p{Extended_Pictographic}/gu, '')
    .replace(/(?:^|\s)(?::-?[()DP/]|;-?\))(?=\s|$)/g, ' ')
    .replace(/([!?])[!?1]+/g, (run) => (run.includes('?') ? '?' : '!'))
    .replace(/\.{2,}|…/g, '. ')
    .replace(
      /(?:,?\s*\b(?:and|then|the|please))*\s*\bthink (?:really )?(?:hard|harder|hardest|carefully|deeply)\b[^.!?\n]*/gi,
      '',
    )
    .replace(profanity, '')
    .replace(vocatives, (found) => (/^[.!?;]/.test(found) ? `${found.charAt(0)} ` : ''))
    .replace(filler, '')
    .replace(
      /\b(do|does|did|is|are|should|would|could|have|has|was|were|ca|wo)nt\b(?![-.\w])/gi,
      (whole, stem: string) =>
        /^(?:do|does|did|is|are|should|would|could|have|has|was|were)$/i.test(stem) ? `${stem}n't` : whole,
    )
    .replace(/\bu\b/g, 'you')
    .replace(/[ \t]+([,.!?;:])(?=\s|$)/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/** A second thought of one sentence that is an order of its own. Not within "when …, do …": the order needs its condition. */
const nextOrder =
  /,\s+(?=(?:(?:and|but|so|then|instead|also),?\s+)*(?:don't|do not|never|always|make sure|ensure|use|let's|we should|we must|you should|you must|you need to|i (?:told|asked)|why (?:did|are|do|didn't))\b)/i;

/** Sentences with their end mark, in order. Marks inside of file names and numbers do not end one. */
export function sentences(text: string): string[] {
  return text
    .split(/\n+|(?<=[.!?;])\s+|\s+(?:-{1,2}|–|—)\s+/)
    .flatMap((sentence) =>
      /^\W*(?:\w+,\s+)?(?:when|whenever|if|before|after|while|unless|for|in)\b/i.test(sentence)
        ? [sentence]
        : sentence.split(nextOrder),
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence));
}

const token =
  /@[\w./-]+|(?:[\w.-]*\/)+[\w.-]+|\b[\w-]+\.(?:[a-z]{1,4}\d?)\b(?!\()|#\d+|\b[A-Z]{2,}-\d+\b|\b(?=[a-f]*\d)[0-9a-f]{7,40}\b|\[[A-Z]\w* #?\d+\]/g;

/** File names, paths, mentions and ticket numbers: they belong to one moment unless they come back in other sessions. */
export function specificTokens(text: string): string[] {
  return (text.match(token) ?? []).map((each) => each.replace(/^@/, '').replace(/[.]$/, '').toLowerCase());
}

/** Stands where a token was that the sentence needs: such a sentence is no rule. */
export const missingToken = '\uFFFC';

/**
 * Takes such tokens out, with the preposition that leads to them; where none does, `missingToken` stands for them. Those in
 * `recurring` stay, without their `@`, and so does what the person put into code marks.
 */
export function dropSpecifics(text: string, recurring: ReadonlySet<string>): string {
  const pattern = new RegExp(
    `(\`[^\`]*\`)|(,?\\s*\\b(?:as per|according to|per|see|in|at|from|on|into)\\s+(?:the\\s+)?)?(${token.source})`,
    'g',
  );
  return text
    .replace(pattern, (whole, code: string | undefined, lead: string | undefined, found: string) => {
      if (code !== undefined) return code;
      const bare = found.replace(/^@/, '');
      if (recurring.has(bare.replace(/[.]$/, '').toLowerCase())) return (lead ?? '') + bare;
      return lead === undefined ? missingToken : whole.startsWith(',') ? ',' : '';
    })
    .replace(/\s+([,.!?;:])(?=\s|$)/g, '$1')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

import { withoutPastedText } from './pastedText';
import { agentCues, replyCues, wordCues } from './wordCues';

/** What stands around a human turn. */
export interface MessageContext {
  /** The event just before, where the person stopped the agent by hand. */
  readonly after: 'interrupted' | 'tool-rejected' | undefined;
  /** The agent's last text; '' when it has said nothing yet. */
  readonly previousAgentOutput: string;
}

/** Characters of the person's words, tokens of them, characters of the agent's texts, and tokens of the reply that count. */
const limits = { words: 900, cues: 700, tokens: 60, agent: 350, reply: 350, replyTokens: 15 } as const;

/**
 * The features that a human turn has, by name: cues (in words, for an explanation), and the words and pairs of words
 * themselves (`w:`, `b:`; `s:` and `p:` those that open it).
 */
export function messageFeatures(text: string, context: MessageContext): readonly string[] {
  const all = withoutPastedText(text);
  const own = all.slice(0, limits.words);
  const plain = normalised(own);
  const tokens = tokensOf(plain).slice(0, limits.tokens);
  const before = context.previousAgentOutput.trim().slice(-limits.agent);
  return [
    ...cuesIn(plain.slice(0, limits.cues), wordCues),
    ...cuesIn(before, agentCues),
    ...(all.length < text.length / 2 ? ['mostly pasted text'] : []),
    ...formOf(own, plain, context),
    ...grams(tokens, ['w:', 'b:', 's:', 'p:']),
  ];
}

/** The features of the agent's answer to a human turn. */
export function replyFeatures(reply: string): readonly string[] {
  const start = reply.trim();
  const tokens = tokensOf(normalised(start.slice(0, 1000))).slice(0, limits.replyTokens);
  return [
    'the agent answered',
    ...cuesIn(start.slice(0, limits.reply), replyCues),
    ...grams(tokens, ['r:', 'q:', 'o:', 'u:']),
  ];
}

function cuesIn(text: string, cues: Readonly<Record<string, RegExp>>): readonly string[] {
  return Object.entries(cues).flatMap(([name, cue]) => (cue.test(text) ? [name] : []));
}

/** What layout, case and length tell. */
function formOf(own: string, plain: string, { previousAgentOutput }: MessageContext): readonly string[] {
  const count = (plain.match(/[\p{L}']+/gu) ?? []).length;
  const length = lengths.find(([most]) => count <= most)?.[1] ?? 'very long';
  const agentWords = new Set(
    previousAgentOutput
      .slice(-700)
      .toLowerCase()
      .match(/[a-z_]{5,}/g),
  );
  const shared = (plain.match(/[a-z_]{5,}/g) ?? []).filter((word) => agentWords.has(word)).length;
  const found: readonly (readonly [string, boolean])[] = [
    [length, true],
    ['a question in it', plain.includes('?')],
    ['ends with a question', /\?\s*$/.test(plain)],
    ['exclaims', own.includes('!')],
    ['words in capitals', /[A-Z]{3,}/.test(own) && /[a-z]/.test(own)],
    ['takes up a word of the agent', shared >= 1],
    ['takes up words of the agent', shared >= 3],
  ];
  return found.flatMap(([name, holds]) => (holds ? [name] : []));
}

const lengths: readonly (readonly [number, string])[] = [
  [2, 'one or two words'],
  [5, 'a few words'],
  [12, 'short'],
  [30, 'of middling length'],
  [80, 'long'],
];

function normalised(text: string): string {
  return text.toLowerCase().replaceAll('’', "'").trim();
}

/** Words, `?` and `!`; code, addresses, paths, files and numbers are one word each. */
function tokensOf(plain: string): readonly string[] {
  return (
    plain
      .replace(/`[^`]*`/g, ' codex ')
      .replace(/https?:\S+/g, ' urlx ')
      .replace(/@?[\w.-]*\/[\w./-]+/g, ' pathx ')
      .replace(/\b[\w-]+\.(?:ts|js|md|py|go|json|yml|yaml|tsx|sh|mdc)\b/g, ' filex ')
      .replace(/#?\d+(?:\.\d+)*/g, ' numx ')
      .match(/[a-z][a-z']*|[?!]/g) ?? []
  );
}

function grams(
  tokens: readonly string[],
  [single, pair, first, opening]: readonly [string, string, string, string],
): readonly string[] {
  const found = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    found.add(`${single}${token}`);
    const next = tokens[index + 1];
    if (next !== undefined) found.add(`${pair}${token} ${next}`);
  }
  const [one, two] = tokens;
  if (one !== undefined) found.add(`${first}${one}`);
  if (two !== undefined) found.add(`${opening}${one} ${two}`);
  return [...found];
}

import { plainProse } from './plainProse';

/** A clause that commands or reproaches, and how plainly: its cues' weights added up, above 0. */
export interface DirectiveClause {
  readonly text: string;
  readonly weight: number;
}

const sentenceEnd = /(?<=[.!?…])["')\]]*\s+|\n+|\s+[–—]\s+|;\s+/;
const clauseBreak =
  /,\s+(?=(?:but|so|instead|and (?:do|don|never|always|make|use|you|then)|you|please|never|always|don)\b)/i;

const verbs =
  'add|always|ask|avoid|be|build|change|check|clean|commit|confirm|consider|continue|convert|create|delete|do|document|' +
  'edit|ensure|enter|explain|extract|fetch|find|finish|fix|follow|format|get|give|go|implement|include|install|investigate|' +
  'keep|leave|let|limit|list|look|make|mark|merge|move|name|open|plan|prefer|push|put|read|record|rebase|refactor|remember|' +
  'remove|rename|replace|rerun|resolve|restore|revert|review|rewrite|run|save|set|show|simplify|skip|split|start|stay|stick|' +
  'stop|switch|tell|test|think|track|try|undo|update|use|verify|wait|work|write';

const cues: readonly (readonly [RegExp, number])[] = [
  [/\b(?:never|always|from now on|every time|going forward|in (?:the )?future|next time)\b/i, 3],
  [/\b(?:don['’]?t|do not|stop|avoid|quit|no need to|must not|mustn['’]?t|should(?: not|n['’]?t))\b/i, 2],
  [/\b(?:should(?:['’]?ve)?|must|need to|have to|make sure|ensure|be sure|supposed to|required?|only)\b/i, 2],
  [/\bwhy (?:did|are|were|do|have|has|would|is|was)(?:n['’]?t| not)?\b/i, 2],
  [
    /\byou (?:did(?:n['’]?t| not)|have(?:n['’]?t| not)|are(?:n['’]?t| not)|forgot|missed|ignored|failed|keep|skipped)\b/i,
    2,
  ],
  [
    /\b(?:remember|instead|rather than|wrong|incorrect|not what|again|forgot|i (?:told|asked|said)|please)\b/i,
    1,
  ],
  [/\b(?:did you|are you|have you|you(?:['’]?re| are) \w+ing)\b/i, 1],
  [
    new RegExp(
      `^(?:(?:please|no|ok(?:ay)?|now|and|then|so|but|just|lets|let['’]s|go ahead and)[,\\s]+)*(?:${verbs})\\b`,
      'i',
    ),
    2,
  ],
];

/** Agreement and chatter that opens a message; what follows may still command. */
const chatter =
  /^(?:(?:ok(?:ay)?|yes|yeah|yep|no|nope|hm+|hey|hi|hello|great|good|nice|cool|sure|thanks|thank you|well|right|alright|uh+|wait|wtf|lol)\b[\s,.!:…-]*)+/i;

function weigh(clause: string): number {
  return cues.reduce((sum, [pattern, weight]) => (pattern.test(clause) ? sum + weight : sum), 0);
}

/** Sentences and the commanding clauses within them, trimmed, in their order. */
export function clauses(text: string): string[] {
  return plainProse(text)
    .split(sentenceEnd)
    .flatMap((sentence) => sentence.split(clauseBreak))
    .map((clause) => clause.replace(/^[\s>*\-•\d.)]+(?=\D)/, '').trim())
    .map((clause) => clause.replace(chatter, '').trim())
    .filter((clause) => /\p{L}{2}/u.test(clause));
}

/** The clauses that command or reproach, in their order; empty where a message is only chatter, news or pasted output. */
export function directiveClauses(text: string): DirectiveClause[] {
  return clauses(text)
    .map((clause) => ({ text: clause, weight: weigh(clause) }))
    .filter(({ weight }) => weight > 0);
}

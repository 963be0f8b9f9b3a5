import { asImperative, type Imperative } from '../improve/ruleClause';
import { activeVoice } from './activeVoice';

/** What leads up to an order and is no part of it, and wordings that stand for plainer ones; applied until nothing changes. */
const preparations: readonly (readonly [RegExp, string])[] = [
  [/^(?:[\s"'(*•-]|\d+[.)]\s)+/, ''],
  [
    /^(?:(?:no(?! need| more| one)|yes|ok|okay|so|and|but|then|also|well|now|good|great|perfect|nope|w8|wait|hey)[\s,.!:]+)+(?=\S)/i,
    '',
  ],
  [/^(?:go ahead and|i think(?: like)?|i(?:'d| would) say|maybe|perhaps|just|simply|instead)\s+(?=\S)/i, ''],
  [/^let'?s (?:just|instead)\s+(?=\S)/i, ''],
  [/^how about (?:we|you) (?=\w+)/i, "let's "],
  [/^i(?:'d like| would like| want(?:ed)?| need(?:ed)?| prefer) (?:us|for us) to (?:be )?/i, 'we should '],
  [/^(?:you|we) (?:just|simply|clearly|obviously) /i, 'you '],
  [/^ca(?:n't|nt|nnot) (we|you)\b/i, "couldn't $1"],
  [
    /^how often (?:do|must) i (?:have to |need to )?(?:tell|remind|ask) you (?:again )?to /i,
    'i told you to ',
  ],
];
/** Questions that people often leave without their mark. */
const asks =
  /^(?:do all|did (?:you|we)|have you|are you|should(?:n't)? (?:we|you)|could(?:n't)? (?:we|you)|why)\b/i;

/** Reproaches whose "not" goes when they become an order: "why didn't you run it" asks to run it. */
const reproach =
  /^(?:(?:so|and|but|then)\s+)?(?:why\b|(?:you|we|u)\b.{0,12}?(?:n't|\bnot\b|\bnever\b|\bnt\b|forg[eo]t|failed)|(?:did|do|have|are|were|is|should|could|would|can|wo|was)(?:n't| (?:you|we) not)\b|(?:don't|do not|never) forget|i (?:did|have)(?:n't| not)|no need|not sure)/i;
const negation =
  /n't\b|\b(?:not|never|nt|no|without|avoid|stop|instead|rather|unless|only)\b|\b(?:don|doesn|isn)’t\b/i;
/** A question about a deed that nobody wanted, or that was done already: which way it is meant is unsure. */
const unsureQuestion =
  /^(?:did|have|are|do|was|were)(?:n't)? .*\b(?:again|already|just|really|even|accidentally)\b.*\?$/i;

const empties: readonly RegExp[] = [
  /^(?:do|does|go|yes|no|let|like|try|see|get|have)[,.]/i,
  /^(?:are|is|was|were|does|did|can|could|would|will|what|how|who|which|why)\b/i,
  /^(?:assume|note|notice|paste|forgot|like|thanks?|see)\b/i,
  /^do not (?:for|me|you|be (?:an?|the|my|your|\p{Lu}\S*))(?:\s|$)/u,
  /^(?:do not )?\S+ (?:it|this|that|them|these|those|me|so)(?:$|[,;:])/i,
  /^\S+ \.\w+$/,
  // Where a pointer or a name was taken out: "put the in code".
  /\b(?:the|a|an) (?:in|on|at|to|of|for|from|with|and|or|is)\b|\.\./i,
];

/** Said of this moment, not of every time. */
const momentary =
  /\b(?:yet|for now|right now|rn|at this (?:time|point)|for the moment|at the moment|today|this time)\b/i;
const momentaryFactor = 0.7;

/** An order that is none, or that points at things that only the session knew. */
export function saysNothing(order: string): boolean {
  const bare = order.replace(/^Do\b/, 'do').replace(/[\s.]+$/, '');
  return empties.some((empty) => empty.test(bare));
}

function prepare(sentence: string): string {
  let text = sentence.trim();
  for (let former = ''; former !== text; ) {
    former = text;
    for (const [pattern, replacement] of preparations) text = text.replace(pattern, replacement);
  }
  return asks.test(text) && !text.includes('?') ? `${text.replace(/[\s.!]+$/, '')}?` : text;
}

/** "Never" before a verb that is not on the list of verbs: whatever can be forbidden can be forbidden for good. */
function neverOrder(text: string): Imperative | undefined {
  const deed = /^never (.+)$/i.exec(text)?.[1];
  const order = deed === undefined ? undefined : asImperative(`don't ${deed}`);
  return order?.text.startsWith('Do not ')
    ? { ...order, text: order.text.replace(/^Do not/, 'Never') }
    : undefined;
}

/**
 * The order that an English sentence comes down to, without end mark; `undefined` where it is none, or where it would say the
 * opposite of the sentence.
 */
export function orderOf(sentence: string): Imperative | undefined {
  const text = prepare(sentence);
  if (unsureQuestion.test(text)) return undefined;
  const order = asImperative(text) ?? neverOrder(text);
  if (order === undefined) return undefined;
  const made = activeVoice(order.text);
  if (negation.test(text) && !negation.test(made) && !reproach.test(text)) return undefined;
  if (!momentary.test(text)) return { text: made, clarity: order.clarity };
  const yet = /^do not\b/i.test(made) && /\byet[\s.!]*$/i.test(text) && !/\byet$/i.test(made) ? ' yet' : '';
  return { text: made + yet, clarity: order.clarity * momentaryFactor };
}

import { asImperative, type Imperative } from '../improve/write/ruleClause';
import { isImperativeVerb } from '../improve/write/verbs';
import { activeVoice } from './activeVoice';

/** What leads up to an order and is no part of it, and wordings that stand for plainer ones; applied until nothing changes. */
const preparations: readonly (readonly [RegExp, string])[] = [
  [/^(?:[\s"'(*•-]|\d+[.)]\s)+/, ''],
  [
    /^(?:(?:no(?=[,.!:])|yes|ok|okay|so|and|but|then|also|again|well|now|good|great|perfect|nope|w8|wait|hey)[\s,.!:]+)+(?=\S)/i,
    '',
  ],
  [
    /^(?:go ahead and|i think(?: like)?|i(?:'d| would) say|maybe|perhaps|just|simply|instead,?)\s+(?=\S)/i,
    '',
  ],
  [/^let'?s (?:just|instead)\s+(?=\S)/i, ''],
  [/^how about (?:we|you) (?=\w+)/i, "let's "],
  [/^i(?:'d like| would like| want(?:ed)?| need(?:ed)?| prefer) (?:us|for us) to (?:be )?/i, 'we should '],
  [
    /^i(?:'d like| would like| want(?:ed)?| need(?:ed)?| expect(?:ed)?) ((?:our|the|your|all|each|every|these|those|my) (?:[\w-]+ ){1,4}?)to (?=\w)/i,
    '$1should ',
  ],
  [/^i (?:said|told you|asked for),? (?=(?:no|never|don't|do not|always|not to)\b)/i, ''],
  [/^i(?: really)? (?:don't|do not) want (?:to see )?(?:any )?(?=(?!you|us|to|it|this|that|the)\w)/i, 'no '],
  [/^i(?:'d| would) prefer /i, 'i prefer '],
  [/\byou to not\b/i, 'you not to'],
  [/^we (?:don't|do not) (?=\w)/i, "don't "],
  [/\bsh(?:oudl|old|oud|uold)\b/gi, 'should'],
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

const noThingClarity = 0.8;
const noSubject =
  /^(?:you|we|i|it|its|he|they|there|this|that|these|those|the|a|an|my|your|our|don|do|does|dont|not|never|always|just|please|need|way|problem|idea|worries|one|longer|matter|why|what|how|if|when|in|on|at|luck|need|only|lets?|thanks?)$/i;

/** A report of what there is not, or more than such an order says. */
const news =
  /\b(?:available|found|exists?|left|errors?|changes?|such|is|are|was|were|has|have|i|we|you|it)\b|\?$|(?:\S+\s+){8}/i;

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

/** "No comments in the code" is an order as it stands; "no use bun" is a "no" and an order. */
function noThing(text: string): Imperative | undefined {
  const [, next = ''] = /^no (?:more )?([\w-]+)/i.exec(text) ?? [];
  return next === '' || isImperativeVerb(next) || noSubject.test(next) || news.test(text)
    ? undefined
    : { text, clarity: noThingClarity };
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
  const order = noThing(text) ?? asImperative(text) ?? neverOrder(text);
  if (order === undefined) return undefined;
  const made = activeVoice(order.text);
  if (negation.test(text) && !negation.test(made) && !reproach.test(text)) return undefined;
  if (!momentary.test(text)) return { text: made, clarity: order.clarity };
  const yet = /^do not\b/i.test(made) && /\byet[\s.!]*$/i.test(text) && !/\byet$/i.test(made) ? ' yet' : '';
  return { text: made + yet, clarity: order.clarity * momentaryFactor };
}

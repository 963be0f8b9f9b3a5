import { baseForm, fromGerund, isImperativeVerb, isMomentary, isState } from './verbs';

/** An instruction made of one sentence of a person. `clarity` in (0, 1]: how surely the sentence meant just this. */
export interface Imperative {
  readonly text: string;
  readonly clarity: number;
}

type Build = (parts: readonly string[], question: boolean) => string | undefined;
type Form = readonly [pattern: RegExp, clarity: number, build: Build];

const adverbs =
  /^(?:(?:just|also|still|again|always|constantly|even|now|only|simply|first|then|suddenly|already|(?!only|apply|reply|rely|supply|imply|multiply|verify|comply)\w{3,}ly)\s+)+/i;
const not = "(?:\\s+not|n't)";

function part(parts: readonly string[], index: number): string {
  return (parts[index] ?? '').trim().replace(adverbs, (found) => (/^always\s/i.test(found) ? 'always ' : ''));
}

/** "making these changes" → "make these changes"; `undefined` when it does not begin with a verb in that form. */
function rebase(phrase: string, toBase: (word: string) => string | undefined): string | undefined {
  const [, first = '', rest = ''] = /^(\S+)(.*)$/s.exec(phrase.replace(adverbs, '')) ?? [];
  const base = toBase(first);
  return base === undefined ? undefined : base + rest;
}

function forbid(action: string | undefined): string | undefined {
  if (action === undefined || action === '' || isState(action.split(/\s/)[0] ?? '')) return undefined;
  const [, doing, rather] =
    /^(.+?)(?:,\s+(?:and )?not|\s+(?:and not|rather than))\s+((?:(?:in|on|to) )?(?:the |a |an )?[\w-]+(?: [\w-]+){0,3})$/i.exec(
      action,
    ) ?? [];
  return `Do not ${doing === undefined ? action : `${doing} instead of ${rather}`}`;
}

function base(phrase: string): string | undefined {
  const [first = ''] = phrase.split(/\s/);
  const noVerb = /^(?:it|that|this|you|we|i|they|the|a|an|not|be|no|any|all|some|more|my|our|your|me)$/i;
  return noVerb.test(first) || !/^[a-z]/i.test(first) || isState(first) ? undefined : phrase;
}

/** Begins like an order: with a verb, or with a command in code marks. */
function commands(phrase: string): boolean {
  const [first = ''] = phrase.split(/[\s,]/);
  return isImperativeVerb(first) || first.startsWith('`') || first === 'use';
}

/** "always be using X" → "always use X" */
function afterShould(phrase: string): string | undefined {
  const [, always = '', rest = ''] = /^(always |only )?(?:(?:be|have) )?(.+)$/i.exec(phrase) ?? [];
  const action = rebase(rest, (word) => (isImperativeVerb(word) ? word : baseForm(word))) ?? base(rest);
  return action === undefined ? undefined : always + action;
}

const afterAsking = /^(.+?),? (?:and )?not(?: to)? (.+)$/i;

/** Tried in order; the first that gives a text counts. */
const forms: readonly Form[] = [
  [
    /^why (?:did|do|does|would|have|has|are|were|could|can)(?:n't| not) you (?:not )?(.+)$/i,
    0.9,
    (p) =>
      rebase(part(p, 1), fromGerund) ??
      (/^(?:\w+ed|done|made)\b/i.test(part(p, 1)) ? rebase(part(p, 1), baseForm) : base(part(p, 1))),
  ],
  [/^why (?:did|do|would|does) you not (.+)$/i, 0.9, (p) => base(part(p, 1))],
  [
    /^why (?:are|were) you (?:always |just |still |again )*(.+)$/i,
    0.9,
    (p) => forbid(rebase(part(p, 1), fromGerund)),
  ],
  [
    /^why (?:did|do|would|must|have) you (?:always |just |keep(?: on)? (?=\S+ing)|insist(?:ing)? on (?=\S+ing)|start (?=\S+ing)|again )*(.+)$/i,
    0.9,
    (p) =>
      forbid(
        rebase(part(p, 1), fromGerund) ??
          rebase(part(p, 1), (w) => (/ed$/i.test(w) ? baseForm(w) : undefined)) ??
          base(part(p, 1)),
      ),
  ],
  [
    /^why (?:was|were|is|are)(?:n't| not) ((?:the |our |my |a |an )?(?:\S+ ){1,5}?)(\w+ed|run|written|read|built|made)$/i,
    0.9,
    (p) => {
      const verb = baseForm(part(p, 2)) ?? part(p, 2);
      return isImperativeVerb(verb) ? `${verb} ${part(p, 1)}` : undefined;
    },
  ],
  [
    /^(?:you|u) (?:(?:have|had|also|again|still|just|completely|totally) )*forg(?:o|e)t(?:ten)? (?:about |again )?to (.+)$/i,
    0.95,
    (p) => base(part(p, 1)),
  ],
  [/^did(?:n't)? you forget (?:about |again )?to (.+)$/i, 0.9, (p) => base(part(p, 1))],
  [/^(?:do not|don't|never) forget (?:about |again )?to (.+)$/i, 1, (p) => base(part(p, 1))],
  [/^(?:remember|be sure|make sure) to (.+)$/i, 1, (p) => base(part(p, 1))],
  [
    /^(?:you|we) (?:need(?:ed)?|have|had|ought|are supposed|were supposed|'re supposed) (not )?to (.+)$/i,
    0.95,
    (p) => (p[1] ? forbid(part(p, 2)) : base(part(p, 2))),
  ],
  [
    /^(?:you|we) (?:should|must|shall|may|can)(?:n't| not|not) (?:have |be )?(.+)$/i,
    0.95,
    (p) => forbid(rebase(part(p, 1), fromGerund) ?? rebase(part(p, 1), baseForm) ?? base(part(p, 1))),
  ],
  [
    /^(?:you|we) (?:should|must|shall) never (?:have )?(.+)$/i,
    1,
    (p) => {
      const action = rebase(part(p, 1), baseForm) ?? base(part(p, 1));
      return action === undefined ? undefined : `Never ${action}`;
    },
  ],
  [
    /^(?:you|we|i) (?:should|must|shall|could) (?:have )?(.+)$/i,
    0.9,
    (p, q) => (q ? undefined : afterShould(part(p, 1))),
  ],
  [/^(?:you|we|i)(?:'d| had| would) better (.+)$/i, 0.9, (p) => base(part(p, 1))],
  [
    new RegExp(`^i (?:did|have)${not} (?:ask(?:ed)?|tell|told|want(?:ed)?)(?: for)? you to (.+)$`, 'i'),
    0.95,
    (p) => {
      const action = base(part(p, 1));
      return action === undefined ? undefined : `Do not ${action} unless asked to`;
    },
  ],
  [
    /^i (?:never|didn't|did not) ask(?:ed)? (?:you )?for (.+)$/i,
    0.85,
    (p) => `Do not add ${part(p, 1)} unless asked to`,
  ],
  [
    /^i (?:(?:have )?(?:already |just |explicitly |specifically )?(?:told|asked|instructed)|want(?:ed)?|need(?:ed)?|expect(?:ed)?|meant for|'d like|would like|would prefer|prefer) you (not |never )?to (.+)$/i,
    0.95,
    (p) => {
      if (p[1]) return forbid(part(p, 2));
      const [, asked, refused] = afterAsking.exec(part(p, 2)) ?? [];
      if (asked === undefined || refused === undefined) return base(part(p, 2));
      return `When asked to ${asked}, do not ${rebase(refused, fromGerund) ?? refused}`;
    },
  ],
  [
    /^(?:update|change|improve|edit|modify|make|create|add|write) .{0,60}?\b(?:rules?|docs?|CLAUDE\.md|AGENTS\.md|GEMINI\.md|\S+\.mdc?|instructions|prompt|guidelines?|process)\b.{0,30}? (?:to|that|which) (?:say|says|specify|specifies|make sure|makes sure|ensure|ensures|state|states|mention|mentions|enforce|enforces|require|requires)(?: that)?(?: you| we)?(?: to)? (.+)$/i,
    0.9,
    (p) => asImperative(part(p, 1).replace(/^(when\b.{3,80}?) to (?=always |never |first )/i, '$1, '))?.text,
  ],
  [/^i (?:do not|don't|never) want (?:you|us) to (.+)$/i, 1, (p) => forbid(base(part(p, 1)))],
  [/^i(?:'d| would)? (?:like|want|prefer) (?:us )?to avoid (.+)$/i, 0.95, (p) => `Avoid ${part(p, 1)}`],
  [
    /^i (?:would )?prefer (?:to )?(.+?) (?:over|to|instead of|rather than) (.+)$/i,
    0.9,
    (p) => `Prefer ${part(p, 1)} over ${part(p, 2)}`,
  ],
  [
    /^i(?: really)? (?:hate|dislike|do not like|don't like)(?: (?:it when|when|how|that))? you (.+)$/i,
    0.9,
    (p) => forbid(rebase(part(p, 1), fromGerund) ?? base(part(p, 1))),
  ],
  [
    /^(?:you (?:keep|kept|keep on|are still|were|are|continue)|you're(?: still| again)?|stop|quit|no more) (.+)$/i,
    0.95,
    (p) => forbid(rebase(part(p, 1), fromGerund)),
  ],
  [
    /^(?:do not|don't|do n't|pls don't) (?:ever |you dare )?(.+)$/i,
    1,
    (p, q) => (q ? undefined : forbid(base(part(p, 1)))),
  ],
  [/^(?:there is |there's )?no need (?:for you )?to (.+)$/i, 0.85, (p) => forbid(base(part(p, 1)))],
  [/^never,? (?:ever,? )?(.+)$/i, 1, (p) => (commands(part(p, 1)) ? `Never ${part(p, 1)}` : undefined)],
  [/^always (.+)$/i, 1, (p) => (commands(part(p, 1)) ? `Always ${part(p, 1)}` : undefined)],
  [/^(?:only|just) (\S+ .+)$/i, 0.9, (p) => (commands(part(p, 1)) ? `Only ${part(p, 1)}` : undefined)],
  [/^we (always|never) (.+)$/i, 1, (p) => (commands(part(p, 2)) ? `${p[1]} ${part(p, 2)}` : undefined)],
  [/^let'?s (not )?(.+)$/i, 0.85, (p) => (p[1] ? forbid(base(part(p, 2))) : base(part(p, 2)))],
  [
    new RegExp(
      `^(?:should|can|could|would|do|did|have|are|were)${not} (?:we|you|i) (?:not |at least |instead |have )*(.+)$`,
      'i',
    ),
    0.85,
    (p) => rebase(part(p, 1), fromGerund) ?? (commands(part(p, 1)) ? part(p, 1) : undefined),
  ],
  [/^(?:should|can|could|would) (?:we|you|i) not (.+)$/i, 0.6, (p) => forbid(base(part(p, 1)))],
  [
    /^(?:should|can|could|would|will) (?:we|you) (?:at least |instead |maybe |perhaps )*(.+)$/i,
    0.75,
    (p) => (commands(part(p, 1)) ? part(p, 1) : undefined),
  ],
  [
    /^are you (\S+ing) (.+?) (in|on|to|from|with|for|under) (.+?) or (?:in |on |to |from |with )?(.+)$/i,
    0.8,
    (p) =>
      `Before ${part(p, 1)} ${part(p, 2)}, check whether to do so ${p[3]} ${part(p, 4)} or ${part(p, 5)}`,
  ],
  [/^have you (.+)$/i, 0.75, (p, q) => (q ? rebase(part(p, 1), baseForm) : undefined)],
  [/^did (?:you|we) (.+)$/i, 0.8, (p, q) => (q ? base(part(p, 1)) : undefined)],
  [
    /^do (all|the|our|these|those) (.+)$/i,
    0.75,
    (p, q) => (q ? `Make sure that ${p[1]} ${part(p, 2)}` : undefined),
  ],
  [
    /^are (all|all the|our|the tests|all tests|these|those) ((?:\S+ ){0,2}\S+?) (\S+(?:ed|ing|en)(?: .*)?|up to date|correct|green)$/i,
    0.75,
    (p, q) => (q ? `Make sure that ${p[1]} ${part(p, 2)} are ${part(p, 3)}` : undefined),
  ],
  [
    /^(?:you|u) (?:(?:have|had|ve|did|do|are|were) ?n(?:'t|ot)|never|failed to|(?:did|do|have|had) not) (?:even )?(.+)$/i,
    0.9,
    (p) => rebase(part(p, 1), (w) => (isImperativeVerb(w) ? w : baseForm(w))),
  ],
  [
    /^(?:you|u)(?:'ve| have)? (?:just |also |again |accidentally |already |then )*(\S+(?: .+)?)$/i,
    0.75,
    (p, q) =>
      q ? undefined : forbid(rebase(part(p, 1), (w) => (/(?:ing|s)$/i.test(w) ? undefined : baseForm(w)))),
  ],
  [
    /^((?!.*\bi\b)(?!it\b|that\b|this\b|there\b|they\b|what\b|which\b|how\b|why\b|i\b|you\b)(?:\S+ ){1,7}?(?:should|must)(?:n't)? (?:not |never |always |only |be )?.+)$/i,
    0.8,
    (p, q) => (q ? undefined : part(p, 1)),
  ],
  [
    /^(?!do (?:all|the|our|we|you|these|those|they)\b|take care of\b)(.+)$/is,
    0.95,
    (p, q) => {
      return !q && commands(part(p, 1)) && !part(p, 1).startsWith('`') ? part(p, 1) : undefined;
    },
  ],
];

/** Orders to write a rule down somewhere: a step of the work at hand, not the rule. */
const aboutRules =
  /^(?:update|edit|add|change|improve|modify|create|write|extend|fix|put|note)\b.*(?:\.mdc\b|\b(?:CLAUDE|AGENTS|GEMINI)\.md\b|\brules?\b)/i;

/** What stands before the sentence proper and says nothing of its own. */
const opening =
  /^(?:(?:no+|nope|nah|not yet|hey|hm+|ok(?:ay)?|well|wait|w8|woah|wow|so|and|but|also|again|sorry|great|perfect|cool|alright|yes|yeah|yep|right|now|oh|ah|instead|look|listen|btw|stop|anyway|then|good|remember|important|note|fine|sure|rather|no matter what|nah|that's wrong|that is wrong|thats? not right|wrong)(?:[,!.:]+\s*|\s+-+\s+)|(?:no|and|but|so|ok|okay|also|then|hmm+|well|now|yes|yeah|instead|hey|wait)\s+|go ahead and (?:then )?|(?:recall|remember|keep in mind|note|bear in mind)(?: that)? (?=you |we |i )|(?:i (?:think|believe|guess|said|mean|meant|thought)|it seems|looks like|as usual|correct me if i'm wrong|remember|note|seems like)(?: that)?,?\s+(?=\S+ ))+/i;
const standing =
  /^(?:from now on|in (?:the )?future|next time|going forward|for the future|in general|as a rule)[,:]?\s+/i;
/** What comes after the instruction: reasons, afterthoughts, checks for consent. */
const ending =
  /\s+(?:for|in|on) (?:this|that|it)$|(?:,?\s+(?:yet|right|ok|okay|correct|no|yes|eh|though|too|as well|again|at all|just now|next time|from now on|going forward|in (?:the )?future|for now|for the moment|now|anymore|any more|thanks|will you|would you|do you))+\s*$|,?\s+(?:because|bc|(?<!root )cause|since|cuz|so that i|as i|otherwise|but)\b.*$|,?\s+which\b.*$|,\s+(?:i|i'm|i'd|it|it's|its|that|thats|that's|those|they|this|we|we're|you|you're|there|there's|he|she|the \w+ (?:is|was|are)|the (?:risk|reason|point))\b.*$|,\s+(?:and )?(?:why|what|how|did|didn't|do|does|is|are|was)\b.*$/i;

export interface Reading {
  readonly sentence: string;
  readonly question: boolean;
}

function strip(sentence: string): Reading {
  const question = /\?["')]*$/.test(sentence);
  let text = sentence.replace(/[.!?;:,"'\s]+$/, '').replace(/^["'\s,.!:;-]+/, '');
  for (let former = ''; former !== text; ) {
    former = text;
    text = text.replace(opening, '').replace(standing, '').trim();
  }
  return { sentence: text.replace(ending, '').replace(/[.!?;:,\s-]+$/, ''), question };
}

/** One sentence as an instruction without end mark, or `undefined` when it is none that could be put as an order. */
export function asImperative(sentence: string): Imperative | undefined {
  const { sentence: text, question } = strip(sentence);
  const [, condition, rest] =
    /^((?:when(?:ever)?|before|after|while|if|unless|for|in|as soon as)\s[^,]{3,90}),\s+(.{6,})$/i.exec(
      text,
    ) ?? [];
  if (
    condition !== undefined &&
    rest !== undefined &&
    !/^(?:if|for) (?:so|not|needed|example|now)\b/i.test(condition)
  ) {
    const inner = asImperative(question ? `${rest}?` : rest);
    if (inner === undefined) return undefined;
    return {
      text: `${condition}, ${inner.text.charAt(0).toLowerCase()}${inner.text.slice(1)}`,
      clarity: inner.clarity,
    };
  }
  for (const [pattern, clarity, build] of forms) {
    const match = pattern.exec(text);
    const built = match === null ? undefined : build(match, question);
    if (built === undefined || built.trim() === '') continue;
    const [first = ''] = built.trim().split(/[\s,]/);
    const passing = isMomentary(first) || aboutRules.test(built);
    return { text: built.trim(), clarity: passing ? clarity * 0.75 : clarity };
  }
  return undefined;
}

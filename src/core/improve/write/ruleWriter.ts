import { words } from '../../text/words';
import { carriesInjectedOrder, cleanWords, dropSpecifics, sentences, specificTokens } from './cleanWords';
import { asImperative } from './ruleClause';
import { finishRule, singleLine } from './ruleText';
import { isImperativeVerb } from './verbs';
import type { RuleSource, WrittenRule } from './writer';

const writer = { kind: 'offline' } as const;

const quoteClarity = 0.3;
const excerptLength = 120;

interface Candidate extends WrittenRule {
  readonly score: number;
}

/** Tokens such as file names that stand in two sessions or more: they belong to the rule, not to one moment. */
function recurringTokens(sources: readonly RuleSource[]): Set<string> {
  const sessions = new Map<string, Set<string>>();
  for (const { text, sessionId } of sources) {
    for (const token of specificTokens(text)) {
      sessions.set(token, (sessions.get(token) ?? new Set()).add(sessionId));
    }
  }
  return new Set([...sessions].filter(([, seen]) => seen.size >= 2).map(([token]) => token));
}

/** Where there is one session only, plain file names may well be what the rule is about; paths and tickets are not. */
function plainNames(sources: readonly RuleSource[]): Set<string> {
  return new Set(
    sources.flatMap(({ text }) => specificTokens(text)).filter((token) => /^[a-z_.-]+$/.test(token)),
  );
}

/** Said of what should hold next time too. Where one session alone speaks, that sentence is the one that counts. */
const lasting =
  /\b(?:never|always|from now on|next time|in (?:the )?future|going forward|every time|each time|in general|must)\b/i;

/** Somebody's name with a role in the sentence: a rule must not rest on who said or wants it. */
const aboutAPerson =
  /\b(?:ask|tell|ping|cc|email|with|from|by) [A-Z][a-z]+(?: [A-Z][a-z]+)?\b(?= (?:said|wants|about|to)\b|$)|\b[A-Z][a-z]{2,} (?:said|wants|asked|told|prefers)\b/;

/** Share of the other sessions' corrections that use each word. */
function shareOfWords(sources: readonly RuleSource[]): (word: string, sessionId: string) => number {
  const bags = sources.map(({ text, sessionId }) => ({ sessionId, words: new Set(words(text)) }));
  return (word, sessionId) => {
    const others = bags.filter((bag) => bag.sessionId !== sessionId);
    return others.length === 0 ? 0 : others.filter((bag) => bag.words.has(word)).length / others.length;
  };
}

/** Share of the clarity that is left to a rule which forbids a thing as if it were a deed ("do not npm"). */
const danglingFactor = 0.3;

/** The members themselves show it: they say "use npm", "the npm", so "npm" is no verb. */
function forbidsAThing(rule: string, sources: readonly RuleSource[]): boolean {
  const verb = /\b(?:do not|never) ([a-z][\w-]*)/i.exec(rule)?.[1]?.toLowerCase();
  if (verb === undefined || isImperativeVerb(verb)) return false;
  const asThing = new RegExp(`\\b(?:use|uses|used|using|with|via|the|an?|in|from|of) ${verb}\\b`, 'i');
  return sources.some(({ text }) => asThing.test(text));
}

function candidates(
  source: RuleSource,
  recurring: ReadonlySet<string>,
  share: (word: string, sessionId: string) => number,
  alone: boolean,
  sources: readonly RuleSource[],
): Candidate[] {
  const parts = sentences(dropSpecifics(source.text, recurring));
  return parts.flatMap((sentence, index) => {
    const order = aboutAPerson.test(sentence) ? undefined : asImperative(sentence);
    const finished = order === undefined ? undefined : finishRule(order.text);
    if (order === undefined || finished === undefined) return [];
    const content = [...new Set(words(finished.text))];
    // How much of it others say too. Long sentences that happen to hold a common word do not profit.
    const shares = content.map((word) => share(word, source.sessionId));
    const typical = shares.reduce((sum, each) => sum + each, 0) / Math.sqrt(Math.max(content.length, 3));
    const nearest = [...shares].sort((a, b) => b - a).slice(0, 2);
    const shared = nearest.reduce((sum, each) => sum + each, 0) / Math.max(nearest.length, 1);
    const sense = forbidsAThing(finished.text, sources) ? danglingFactor : 1;
    const clarity = sense * order.clarity * finished.factor * (alone ? 1 : Math.min(1, 0.5 + shared));
    return [
      {
        text: finished.text,
        clarity,
        conditional: /\b(?:when(?:ever)?|if|unless|in case)\b|^(?:before|after|while|for|in)\b/i.test(
          finished.text,
        ),
        correctionId: source.correctionId,
        writer,
        score: clarity * (0.25 + typical) - index * 0.01 + (alone && lasting.test(sentence) ? 1 : 0),
      },
    ];
  });
}

function quote(sources: readonly RuleSource[]): WrittenRule | undefined {
  for (const source of sources) {
    const excerpt = singleLine(source.text)
      .replace(/["“”]/g, "'")
      .replace(/[.\s]+$/, '');
    if (words(excerpt).length < 2) continue;
    const short =
      excerpt.length <= excerptLength
        ? excerpt
        : `${excerpt.slice(0, excerptLength).replace(/\s+\S*$/, '')}…`;
    return {
      text: `Avoid what was corrected here repeatedly: "${short}".`,
      clarity: quoteClarity,
      conditional: false,
      correctionId: source.correctionId,
      writer,
    };
  }
  return undefined;
}

/**
 * One imperative rule from the words of corrections that say the same, without a model: reproaches and wishes become orders, and
 * the sentence counts that is plain and that others say too. Texts that pass on orders of their own are left out whole.
 * `undefined` when no words are left.
 */
export function writeRule(sources: readonly RuleSource[]): WrittenRule | undefined {
  const trusted = sources
    .filter(({ text }) => !carriesInjectedOrder(text))
    .map((source) => ({ ...source, text: cleanWords(source.text) }));
  const alone = new Set(trusted.map(({ sessionId }) => sessionId)).size < 2;
  const recurring = alone ? plainNames(trusted) : recurringTokens(trusted);
  const share = shareOfWords(trusted);
  const found = trusted
    .flatMap((source) => candidates(source, recurring, share, alone, trusted))
    .sort((a, b) => b.score - a.score || a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  const best = found[0];
  if (best === undefined) return quote(trusted);
  const { text, clarity, conditional, correctionId } = best;
  return { text, clarity: Math.round(clarity * 1000) / 1000, conditional, correctionId, writer };
}

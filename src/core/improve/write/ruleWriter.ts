import { recurringTokens } from '../../analysis/recurringTokens';
import { orderOf } from '../../analysis/sentenceOrder';
import { type Said, type SharedWords, sharedWords, startOf } from '../../analysis/sharedWords';
import {
  finishedOrders,
  foreignClarity,
  type Sentence,
  sentencesOf,
  type TitleCandidate,
} from '../../analysis/titleCandidates';
import { foreignOrder, inOtherLanguage } from '../../text/otherLanguages';
import { capitalized, plainLine } from '../../text/plainLine';
import { words } from '../../text/words';
import { carriesInjectedOrder, specificTokens } from './cleanWords';
import { type RuleFeatures, ruleClarity, ruleScore } from './ruleScore';
import { spelledRight } from './spelling';
import { isImperativeVerb } from './verbs';
import type { RuleSource, WrittenRule } from './writer';

const writer = { kind: 'offline' } as const;
/** The most typical members that are read, and the sentences of each. */
const mostMembers = 40;
/** Candidates that are offered, so that a later check can refuse one. */
const mostOffered = 3;
/** What is less clear is not offered at all. */
const leastClarity = 0.25;

/** Somebody's name with a role in the sentence: a rule must not rest on who said or wants it. */
const aboutAPerson =
  /\b(?:ask|tell|ping|cc|email|with|from|by) [A-Z][a-z]+(?: [A-Z][a-z]+)?\b(?= (?:said|wants|about|to)\b|$)|\b[A-Z][a-z]{2,} (?:said|wants|asked|told|prefers)\b/;

/** Where there is one session only, plain file names may well be what the rule is about; paths and tickets are not. */
function plainNames(sources: readonly RuleSource[]): Set<string> {
  return new Set(
    sources.flatMap(({ text }) => specificTokens(text)).filter((token) => /^[a-z_.-]+$/.test(token)),
  );
}

/** The orders that a sentence comes down to; code marks stay. */
function ordersOf(sentence: string): readonly TitleCandidate[] {
  if (!inOtherLanguage(sentence)) return finishedOrders(orderOf(sentence));
  const order = foreignOrder(sentence);
  return order === undefined ? [] : [{ text: `${capitalized(plainLine(order))}.`, clarity: foreignClarity }];
}

/** The members themselves show it: they say "use npm", "the npm", so "do not npm" forbids a thing as if it were a deed. */
function forbidsAThing(rule: string, sources: readonly RuleSource[]): boolean {
  const verb = /\b(?:do not|never) ([a-z][\w-]*)/i.exec(rule)?.[1]?.toLowerCase();
  if (verb === undefined || isImperativeVerb(verb)) return false;
  const asThing = new RegExp(`\\b(?:use|uses|used|using|with|via|the|an?|in|from|of) ${verb}\\b`, 'i');
  return sources.some(({ text }) => asThing.test(text));
}

interface Candidate extends WrittenRule {
  readonly score: number;
}

function candidate(
  order: TitleCandidate,
  { said }: Sentence,
  source: RuleSource,
  member: Said,
  shared: SharedWords,
  sources: readonly RuleSource[],
): Candidate {
  const features: RuleFeatures = {
    rule: order.text,
    said,
    clarity: order.clarity,
    likeness: shared.likeness(words(order.text), member.source),
    usedElsewhere: (word) => shared.usedElsewhere(word, member.source),
    alone: new Set(sources.map(({ sessionId }) => sessionId)).size < 2,
    forbidsAThing: forbidsAThing(order.text, sources),
  };
  return {
    text: order.text,
    clarity: ruleClarity(features),
    score: ruleScore(features),
    conditional: /\b(?:when(?:ever)?|if|unless|in case)\b|^(?:before|after|while|for|in)\b/i.test(order.text),
    correctionId: source.correctionId,
    writer,
  };
}

/**
 * Imperative rules from the words of corrections that say the same, without a model, the best first: reproaches and wishes become
 * orders, and the sentence counts that is plain and that others say too. Texts that pass on orders of their own are left out
 * whole. Empty where nobody says what could stand as a rule.
 */
export function writeRules(sources: readonly RuleSource[]): readonly WrittenRule[] {
  const trusted = sources
    .slice(0, mostMembers)
    .filter(({ text }) => !carriesInjectedOrder(text))
    .map((source) => ({ ...source, text: spelledRight(startOf(source.text)) }));
  const alone = new Set(trusted.map(({ sessionId }) => sessionId)).size < 2;
  const members = trusted.map(({ text, sessionId }, index): Said => {
    return { text, source: alone ? `member ${index}` : sessionId };
  });
  const recurring = alone ? plainNames(trusted) : recurringTokens(members);
  const shared = sharedWords(members);
  const found = trusted.flatMap((source, index): Candidate[] => {
    const member = members[index];
    if (member === undefined) return [];
    return sentencesOf(member.text, recurring)
      .filter(({ said }) => !aboutAPerson.test(said))
      .flatMap((sentence) =>
        ordersOf(sentence.general).map((order) =>
          candidate(order, sentence, source, member, shared, trusted),
        ),
      );
  });
  const best = found
    .filter(({ clarity }) => clarity >= leastClarity)
    .sort((a, b) => b.score - a.score || a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
  const distinct = best.filter(
    ({ text }, index) => best.findIndex((each) => each.text.toLowerCase() === text.toLowerCase()) === index,
  );
  return distinct.slice(0, mostOffered).map(({ score: _, ...rule }) => rule);
}

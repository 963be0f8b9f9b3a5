import { day, plural } from '../report/format';
import { observationalLabel } from './observationText';
import type { PrunedRule, RuleEffect } from './ruleEffects';
import { type RuleRate, sessionsToTell, vanishedShare } from './ruleRates';

const figure = (value: number): string => value.toFixed(2);

/** How the figures are made and what they cannot tell, a sentence each. */
export const ruleCaveats: readonly string[] = [
  'Counted are corrections of the patterns that a rule addresses, a session of its agent, before the rule was first live and while it was; intervals of 95%, with the dispersion of both sides.',
  `"Vanished" is no such correction since, in so many sessions that more than ${vanishedShare * 100}% of the rate before is ruled out. It may have vanished for another reason: only a test without the rule tells whether it is still needed.`,
  'Whatever else changed at the same time counts too, other rules of the same version among it.',
  'A pattern was picked because it recurred, so a part of a fall is regression to the mean.',
  'Tokens are estimated, at four bytes each.',
];

function rateWords({ rate, interval, corrections, sessions }: RuleRate): string {
  if (rate === null || interval === null) return 'no session';
  const range = `[${figure(interval[0])} to ${figure(interval[1])}]`;
  return `${figure(rate)} a session ${range} (${corrections} in ${plural(sessions, 'session')})`;
}

/** What the state says, with its figures. */
export function ruleSentence({ state, rates }: RuleEffect): string {
  const { before, after, change } = rates;
  const both = `${rateWords(after)} since, ${rateWords(before)} before`;
  switch (state) {
    case 'no-pattern':
      return 'It addresses no pattern, so there is nothing to count.';
    case 'no-baseline':
      return before.rate === null
        ? `Cannot tell: no session before it is recorded; since: ${rateWords(after)}.`
        : `Cannot tell: no such correction in ${plural(before.sessions, 'session')} before it; since: ${rateWords(after)}.`;
    case 'too-early': {
      const missing = (sessionsToTell(rates) ?? 0) - after.sessions;
      const more = missing > 0 ? `, about ${plural(missing, 'more session')} needed` : '';
      return `Too early to tell${more}: ${both}.`;
    }
    case 'still-there':
      return change !== null && change.interval[0] > 0
        ? `Still there, and more often: ${both}.`
        : `Still there, no fall can be told: ${both}.`;
    case 'fewer':
      return `Fewer: ${both}.`;
    case 'vanished':
      return `Vanished: ${both}.`;
  }
}

const removalWords = {
  running: 'A test without it runs',
  'not-missed': 'A test without it found no harm',
  missed: 'A test without it found harm: it is needed',
  undecided: 'A test without it ended without a decision',
} as const;

/** Text of a rule on one line, without the marks of a list. */
export function ruleWords(text: string): string {
  const words = text
    .split(/\r?\n/)
    .filter((line) => !/^#{1,6}\s/.test(line))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[-*+]\s/, '');
  return words.length > 120 ? `${words.slice(0, 119)}…` : words;
}

/** The whole of it in plain lines, the rule itself first. */
export function ruleLines(rule: RuleEffect): readonly string[] {
  const { hunkId, path, line, version, since, tokens, tokensSaved, experiment, removal, offer } = rule;
  const brought = version === null ? '' : `, version ${version}`;
  const live = since === null ? '' : `, live since ${day(since)}`;
  return [
    `${path}:${line} ${ruleWords(rule.text)}`,
    `  Rule ${hunkId}${brought}${live}; about ${plural(tokens, 'token')} (estimate)`,
    `  ${ruleSentence(rule)}`,
    ...(experiment ? [`  From the experiment ${experiment.experimentId}: ${experiment.reason}`] : []),
    ...(removal ? [`  ${removalWords[removal.finding]} (${removal.experimentId}).`] : []),
    ...(offer === 'test-removal'
      ? [`  Test removal: it may save about ${plural(tokensSaved, 'token')}.`]
      : []),
    ...(offer === 'prune' ? [`  Prune: that saves about ${plural(tokensSaved, 'token')}.`] : []),
  ];
}

export function prunedLine({ path, text, hunkId, tokensSaved, experimentId }: PrunedRule): string {
  return `${path}: ${ruleWords(text)} (rule ${hunkId}, gone after ${experimentId}; about ${plural(tokensSaved, 'token')} saved)`;
}

export const rulesLabel = observationalLabel;

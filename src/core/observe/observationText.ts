import type { Observation, ObservedPeriod, ObservedRate } from '../model/observation';
import { day, plural } from '../report/format';

const figure = (value: number): string => value.toFixed(2);
const range = ([low, high]: readonly [number, number]): string => `[${figure(low)} to ${figure(high)}]`;
const signed = (value: number): string => `${value > 0 ? '+' : ''}${figure(value)}`;

export const observationalLabel = 'Observational, before and after; not randomised.';

/** How the figures are made and what they cannot tell, a sentence each. */
export const observationCaveats: readonly string[] = [
  'Intervals are of 95%: quasi-Poisson score intervals of corrections a session, with the dispersion of both periods; square-and-add for differences.',
  'Whatever else changed at the same time counts too: tasks, models, people, other prompts.',
  'A pattern was picked because it recurred, so a part of a fall is regression to the mean.',
  'The test for a rise is always valid: over all looks at one deployment a false alarm has a chance of at most 5%. It goes by the share of sessions with such a correction, and uses each session before once.',
  'Sessions before a file was adopted are taken to have had the adopted text.',
];

function rateText({ corrections, rate, interval }: ObservedRate, sessions: number): string {
  if (rate === null || interval === null) return 'no session';
  return `${figure(rate)} a session ${range([interval[0], interval[1]])} (${corrections} in ${plural(sessions, 'session')})`;
}

function allText({ all, sessions }: ObservedPeriod): string {
  return all.rate === null ? 'no session' : `corrections ${rateText(all, sessions)}`;
}

function since({ from, to }: ObservedPeriod): string {
  const until = to === null ? '' : ` until ${day(to)}`;
  return from === null ? `${until.trim() || 'always'}` : `since ${day(from)}${until}`;
}

/** Both periods on a line each, for a tooltip: "since 2026-11-03: 0.21 corrections a session [0.05 to 0.60] …". */
export function periodLines({ before, after }: Observation): readonly string[] {
  return [
    `Version ${after.version ?? 'none'}, ${since(after)}: ${allText(after)}`,
    `Before, ${before.version ?? 'no file'}, ${since(before)}: ${allText(before)}`,
  ];
}

/** What the test says, and never that it passed. */
export function testSentence({ test, before, after }: Observation): string {
  const { state, maximum, sessionsWith, sessionsUsed, moreSessions } = test;
  const counts =
    `${sessionsWith.after} of ${sessionsUsed.after} sessions had one after, ` +
    `${sessionsWith.before} of ${sessionsUsed.before} before`;
  const evidence = `E = ${maximum < 1000 ? maximum.toPrecision(3) : maximum.toExponential(1)}, alarm at ${Math.round(1 / test.alpha)}`;
  switch (state) {
    case 'no-patterns':
      return 'The deployment was to cure no pattern, so there is nothing to test.';
    case 'rose':
      return `The corrections that it was to cure rose: ${counts} (${evidence}).`;
    case 'baseline-too-small':
      return `Cannot tell: with ${plural(before.sessions, 'session')} before, a doubling of the corrections that it was to cure could not be found (${evidence}).`;
    case 'not-yet':
      return `Not yet: about ${plural(moreSessions ?? 0, 'more session')} until a doubling of the corrections that it was to cure would be found; ${plural(after.sessions, 'session')} so far (${evidence}).`;
    case 'not-found':
      return `No rise was found in ${plural(sessionsUsed.after, 'session')}, in which a doubling would be expected to show: ${counts} (${evidence}). That is no proof of a cure.`;
  }
}

/** With its counts, for an alert and for the reason of a rollback. */
export function evidenceOfHarm(observation: Observation): string {
  const { target, after } = observation;
  return `${target}, version ${after.version ?? 'none'}: ${testSentence(observation)} ${observationalLabel}`;
}

function changeText(change: Observation['change']['all']): string {
  if (change === null) return 'cannot be told without sessions on both sides';
  return `${signed(change.value)} a session ${range([change.interval[0], change.interval[1]])}`;
}

/** The whole observation in plain lines. */
export function observationLines(observation: Observation): readonly string[] {
  const { target, agentType, before, after, change, straddling, withoutSession, harmFoundAt, rolledBack } =
    observation;
  const apart: string[] = [];
  if (straddling > 0)
    apart.push(`${plural(straddling, 'session')} ran through a change and count for neither`);
  if (withoutSession > 0) apart.push(`${plural(withoutSession, 'correction')} without a recorded session`);
  const addressed =
    observation.patternIds.length === 0
      ? []
      : [
          `  Addressed patterns (${observation.patternIds.length}), after: ${rateText(after.addressed, after.sessions)}`,
          `  Addressed patterns, before: ${rateText(before.addressed, before.sessions)}`,
          `  Addressed patterns, change: ${changeText(change.addressed)}`,
        ];
  return [
    `${target} (agent ${agentType}): ${before.version ?? 'no file'} → ${after.version ?? 'no file'}${observation.live ? ', live' : ''}`,
    ...periodLines(observation).map((line) => `  ${line}`),
    `  Change of all corrections: ${changeText(change.all)}`,
    ...addressed,
    `  ${testSentence(observation)}`,
    ...(apart.length === 0 ? [] : [`  Apart: ${apart.join('; ')}.`]),
    ...(harmFoundAt === undefined ? [] : [`  Harm was found on ${day(harmFoundAt)}.`]),
    ...(rolledBack === undefined ? [] : [`  Rolled back by itself on ${day(rolledBack.at)}.`]),
  ];
}

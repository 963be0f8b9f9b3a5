import { coverageOf } from '../analysis/coverage';
import type { CheckResult, ConfidenceParts } from '../model/improvement';
import { type PromptDocument, readPrompt } from '../prompt/promptDocument';
import type { RuleSource } from './write/writer';

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function geometricMean(parts: readonly number[]): number {
  return parts.reduce((product, part) => product * part, 1) ** (1 / parts.length);
}

/**
 * Confidence of a hunk in [0, 1]: the geometric mean of its parts. A weak part pulls it down, and good ones do not make a poor whole,
 * as their product would: six unanimous sessions with a clear rule pass the default threshold of 0.8. The static check can only lower
 * it: that a rule suits what was said does not make up for how seldom it was said. What became of earlier hunks of its strategy is a factor
 * in [0.8, 1.1] on the whole, 1 where nothing is known.
 */
export function combined({ evidence, clarity, check, outcomes }: ConfidenceParts): number {
  const stated = geometricMean([evidence, clarity]);
  const checked = check === undefined ? stated : Math.min(stated, geometricMean([evidence, clarity, check]));
  return rounded(Math.min(1, checked * (outcomes?.factor ?? 1)));
}

/** Share of n sessions after which a rule is believed, n / (n + 1): one half for one moment. */
export function shrunk(sessions: number): number {
  return sessions / (sessions + 1);
}

export interface StaticCheckSubject {
  /** The rule, or the sharpened instruction, as it is to stand in the prompt. */
  readonly rule: string;
  /** Section that it is put into: its headings say what it is about. */
  readonly section: string;
  /** The prompt before the hunk. */
  readonly document: PromptDocument;
  /** Training corrections alone: those of held-out sessions judge the edit later and must not be given. */
  readonly sources: readonly RuleSource[];
  /** Correction whose words the rule is made from; its session says nothing about whether the rule is right. */
  readonly correctionId: string;
  /** The rule sharpens an instruction that stands and was not followed, so that the old text may cover as well. */
  readonly sharpens: boolean;
  readonly checks: readonly CheckResult[];
}

/** How many of the sessions other than the rule's own it covers. */
export interface SessionsCovered {
  readonly covered: number;
  readonly others: number;
}

/**
 * How often the offline rule of a group covers another session of that group, and of another group of the same project: 21% of 704 and
 * 1.6% of 704 in the 126 recurring rules of three projects; rounded towards each other, since sessions of one person are not
 * independent.
 */
const coveredIfRight = 0.2;
const coveredIfWrong = 0.02;
/** A rule before any other session is looked at: two of three patterns are about one thing. */
const prior = 2 / 3;
/** Sessions that are not covered count no further: what the measure is blind to in one session it is blind to in all. */
const mostMisses = 3;
const least = 0.05;
const most = 0.97;
/** Each note of a check leaves so much of the confidence. */
const noted = 0.9;

/** The rule alone as a prompt, with the headings that it is to stand beneath. */
function standingAlone(rule: string, section: string): PromptDocument {
  const read = readPrompt(`- ${rule}\n`);
  return {
    ...read,
    instructions: [{ text: rule, line: 1, endLine: 1, section, listItem: true }],
  };
}

/** By session; a session counts where its messages together are covered now and, unless the rule sharpens, were not before. */
export function sessionsCovered(subject: Omit<StaticCheckSubject, 'checks'>): SessionsCovered {
  const { rule, section, document, sources, correctionId, sharpens } = subject;
  const own = sources.find((each) => each.correctionId === correctionId)?.sessionId;
  const bySession = new Map<string, string[]>();
  for (const { sessionId, text } of sources) {
    if (sessionId === own) continue;
    const texts = bySession.get(sessionId);
    if (texts === undefined) bySession.set(sessionId, [text]);
    else texts.push(text);
  }
  const alone = standingAlone(rule, section);
  const covered = [...bySession.values()].filter(
    (texts) =>
      coverageOf(texts, alone).state === 'disobeyed' &&
      (sharpens || coverageOf(texts, document).state !== 'disobeyed'),
  );
  return { covered: covered.length, others: bySession.size };
}

/**
 * The static check of a hunk in [0.05, 0.97]: how probable it is that its rule is the one which the other sessions asked for, by Bayes'
 * theorem from how many of them it covers, lowered for what the checks noted. No model runs, and it is a proxy: coverage goes by words in common.
 */
export function staticCheck(subject: StaticCheckSubject): number {
  const { covered, others } = sessionsCovered(subject);
  const odds =
    (prior / (1 - prior)) *
    (coveredIfRight / coveredIfWrong) ** covered *
    ((1 - coveredIfRight) / (1 - coveredIfWrong)) ** Math.min(mostMisses, others - covered);
  const probable = Math.min(most, Math.max(least, odds / (1 + odds)));
  const notes = subject.checks.filter(({ outcome }) => outcome === 'noted').length;
  return rounded(Math.max(least, probable * noted ** notes));
}

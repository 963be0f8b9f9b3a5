import { findCoverage } from '../analysis/coverage';
import type { Correction } from '../model/correction';
import type { Hunk } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Hash } from '../ports';
import type { Instruction, PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';
import { buildHunk } from './buildHunk';
import { writeRule } from './ruleWriter';
import { sharedCondition } from './sharedCondition';

/** A hunk with the two factors of its confidence. */
export interface Proposal {
  readonly hunk: Hunk;
  /** How well the corrections support it, and how plainly their words say it. */
  readonly parts: { readonly evidence: number; readonly clarity: number };
  /** Stemmed content words of the rule, to tell doubles. */
  readonly ruleWords: readonly string[];
}

/** What came out, or the sentence that says why nothing did. */
export type Outcome = Proposal | { readonly skipped: string };

/** The prompt that proposals are made for, and what may be learned from. */
export interface Ground {
  readonly templateId: string;
  readonly base: string;
  readonly document: PromptDocument;
  /** All corrections of the agent. */
  readonly corrections: readonly Correction[];
  /** Sessions that rules may be made from; the others judge them. */
  readonly training: ReadonlySet<string>;
  readonly hash: Hash;
}

function day(iso: string): string {
  return iso.slice(0, 10);
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function instructionAt(document: PromptDocument, line: number | undefined): Instruction | undefined {
  return document.instructions.find((each) => each.line === line);
}

/** Similarity from which an instruction says the same as a rule: well above that of merely being about the same. */
const sameInstruction = 0.7;

function covers(document: PromptDocument, said: readonly string[]): Instruction | undefined {
  const { state, line } = findCoverage(said, document);
  return state === 'disobeyed' ? instructionAt(document, line) : undefined;
}

/** A rule that stands in the prompt already is not written a second time. */
function sayingTheSame(document: PromptDocument, rule: string): Instruction | undefined {
  const { state, line, similarity = 0 } = findCoverage(words(rule), document);
  return state === 'disobeyed' && similarity >= sameInstruction ? instructionAt(document, line) : undefined;
}

/** The instruction that the analysis found to cover the pattern, as it stands in this text; looked for anew where it is gone. */
function disobeyed(document: PromptDocument, { coverage, terms }: Pattern): Instruction | undefined {
  if (coverage.state === 'missing') return undefined;
  return document.instructions.find((each) => each.text === coverage.instruction) ?? covers(document, terms);
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A hunk for a pattern, from the words of its training members alone. `note` is added to the reason. */
export function proposeForPattern(pattern: Pattern, ground: Ground, note: string): Outcome {
  const memberIds = new Set(pattern.memberIds);
  const members = ground.corrections.filter((each) => memberIds.has(each.correctionId));
  const learned = members.filter((each) => ground.training.has(each.sessionId));
  if (learned.length === 0) {
    return { skipped: 'all of its sessions are held out to judge an edit; it waits for more corrections' };
  }
  const typical = new Map(pattern.exemplars.map((each, index) => [each.correctionId, index]));
  const rank = (each: Correction) => typical.get(each.correctionId) ?? typical.size;
  const sources = [...learned].sort(
    (a, b) => rank(a) - rank(b) || (a.correctionId < b.correctionId ? -1 : 1),
  );
  const rule = writeRule(sources.map(toSource));
  if (rule === undefined) return { skipped: 'its corrections hold no words to make a rule from' };
  const others = ground.corrections.filter((each) => !memberIds.has(each.correctionId));
  const condition = sharedCondition(learned, others);
  const covering = disobeyed(ground.document, pattern) ?? sayingTheSame(ground.document, rule.text);
  const confidence = combined({ evidence: pattern.confidence, clarity: rule.clarity });
  const { corrections, sessions } = pattern.support;
  const heldOut = members.length - learned.length;
  const hunk = buildHunk(
    {
      templateId: ground.templateId,
      base: ground.base,
      subject: {
        document: ground.document,
        rule: rule.text,
        conditional: rule.conditional,
        words: pattern.terms,
        ...(condition === undefined ? {} : { condition }),
        ...(covering === undefined ? {} : { covering }),
      },
      patternIds: [pattern.patternId],
      evidence: learned,
      confidence,
      reason: (because) =>
        `Corrected ${times(corrections, 'time')} in ${times(sessions, 'session')} between ${day(pattern.firstSeen)} and ` +
        `${day(pattern.lastSeen)}; ${because}. The words are from ${times(learned.length, 'earlier correction')}; ` +
        `${heldOut === 0 ? 'none was' : `${heldOut} later ${heldOut === 1 ? 'one was' : 'ones were'}`} kept apart to judge it.` +
        note,
    },
    ground.hash,
  );
  if (hunk === undefined)
    return { skipped: 'the prompt says so already, as plainly as wording can; a hook or lint rule may help' };
  return {
    hunk,
    parts: { evidence: pattern.confidence, clarity: rule.clarity },
    ruleWords: words(rule.text),
  };
}

function toSource({ correctionId, sessionId, userCorrection }: Correction) {
  return { correctionId, sessionId, text: userCorrection };
}

/**
 * Confidence of a hunk in [0, 1]: the geometric mean of its parts. A weak part pulls it down, and two good ones do not
 * make a poor whole, as their product would: six unanimous sessions with a clear rule pass the default threshold of 0.8.
 */
function combined({ evidence, clarity }: Proposal['parts']): number {
  return rounded(Math.sqrt(evidence * clarity));
}

/** Share of n sessions after which a rule is believed, n / (n + 1): one half for one moment. */
function shrunk(sessions: number): number {
  return sessions / (sessions + 1);
}

/** A hunk for one plainly stated standing instruction. It rests on one moment and says so. */
export function proposeForInstruction(correction: Correction, ground: Ground): Outcome {
  const rule = writeRule([toSource(correction)]);
  if (rule === undefined || rule.clarity < 0.5) return { skipped: 'its words make no plain rule' };
  const said = words(rule.text);
  if (covers(ground.document, said) !== undefined) {
    return { skipped: 'an instruction of the prompt says so already' };
  }
  const evidence = rounded(correction.likelihood * shrunk(1));
  const hunk = buildHunk(
    {
      templateId: ground.templateId,
      base: ground.base,
      subject: { document: ground.document, rule: rule.text, conditional: rule.conditional, words: [] },
      patternIds: [],
      evidence: [correction],
      confidence: combined({ evidence, clarity: rule.clarity }),
      reason: (because) =>
        `Said once, on ${day(correction.timestamp)}, as something that should hold from then on; ${because}. ` +
        'It rests on one moment and stays a draft until it recurs.',
    },
    ground.hash,
  );
  if (hunk === undefined) return { skipped: 'no place was found for it' };
  return { hunk, parts: { evidence, clarity: rule.clarity }, ruleWords: said };
}

import type { Correction } from '../model/correction';
import type { Advice, ConfidenceParts, Hunk } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Hash } from '../ports';
import type { PromptDocument } from '../prompt/promptDocument';
import { words } from '../text/words';
import { adviceFor } from './advice/adviceFor';
import { buildHunk } from './buildHunk';
import { hasFailed, runChecks } from './checks/registry';
import { combined, rounded, shrunk, staticCheck } from './confidence';
import { bearsOn, covers, disobeyed } from './covering';
import type { Eligible } from './eligibility';
import type { OutcomeWeights } from './outcomes/outcomeWeights';
import { sayingTheSame } from './sayingTheSame';
import type { StrategyCase } from './strategies/strategy';
import { missingTool } from './style/missingTool';
import { sharedCondition } from './write/sharedCondition';
import type { RuleRequest, RuleSource, RuleWriter, WrittenRule } from './write/writer';

/** A hunk with the factors of its confidence. */
export interface Proposal {
  readonly hunk: Hunk;
  readonly parts: ConfidenceParts;
  readonly rule: string;
  /** Stemmed content words of the rule, to tell doubles. */
  readonly ruleWords: readonly string[];
}

/** What came out, or the sentence that says why nothing did. */
export type Outcome = Proposal | Skip;

export interface Skip {
  readonly skipped: string;
  /** For a rule that stands in the prompt as sharply as words can say it. */
  readonly unheld?: { readonly rule: string; readonly advice: Advice };
}

/** The prompt that proposals are made for, and what may be learned from. */
export interface Ground {
  readonly agentType: string;
  readonly templateId: string;
  readonly base: string;
  readonly document: PromptDocument;
  /** All corrections of the agent. */
  readonly corrections: readonly Correction[];
  /** Sessions that rules may be made from; the others judge them. */
  readonly training: ReadonlySet<string>;
  /** Asked in this order until one gives a rule that passes the checks. */
  readonly writers: readonly RuleWriter[];
  /** Hunks of the agent's improvements so far, whatever was decided about them. */
  readonly former: readonly Hunk[];
  /** What became of earlier hunks. */
  readonly outcomes: OutcomeWeights;
  readonly hash: Hash;
  readonly signal?: AbortSignal;
}

function day(iso: string): string {
  return iso.slice(0, 10);
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Clarity from which one person's words at one moment, or a writer's second choice, make a rule. */
const leastClarity = 0.5;
/** Clarity from which the words of a pattern make a rule that a person would read as one. */
const plainEnough = 0.35;

/** Texts of a pattern, the most typical, by which an instruction that covers it is looked for. */
const mostTexts = 5;

/** What is decided about a candidate before its hunk is made. */
interface Draft {
  readonly request: Omit<RuleRequest, 'agentType' | 'document' | 'signal'>;
  /** The case for the strategies; `undefined` where the rule is not to be proposed. */
  readonly subjectOf: (rule: WrittenRule) => StrategyCase | undefined;
  readonly evidence: readonly Correction[];
  /** In [0, 1]: how well the corrections support it. */
  readonly support: number;
  readonly patternIds: readonly string[];
  readonly reason: (because: string) => string;
  /** Why nothing is proposed when no candidate gives a hunk. */
  readonly otherwise: string;
  /** Texts that were rejected for their wording. */
  readonly avoid: readonly string[];
  /** An accepted hunk made the instruction sharper before, and it was disobeyed again. */
  readonly again: boolean;
}

/** The first candidate that gives a hunk which passes the checks. */
async function firstSound(draft: Draft, ground: Ground): Promise<Outcome> {
  let refused: Skip | undefined;
  let written = false;
  for (const writer of ground.writers) {
    const candidates = await writer.write({
      ...draft.request,
      agentType: ground.agentType,
      document: ground.document,
      ...(ground.signal === undefined ? {} : { signal: ground.signal }),
    });
    for (const [index, rule] of candidates.entries()) {
      // A second choice has to be plain: the first is what the corrections say, however they say it.
      if (rule.clarity < (index === 0 ? plainEnough : leastClarity)) continue;
      written = true;
      const outcome = attempt(rule, draft, ground);
      if (outcome === undefined) continue;
      if ('hunk' in outcome) return outcome;
      refused ??= outcome;
    }
  }
  const otherwise = written ? draft.otherwise : 'its corrections hold no words that make a plain rule';
  return refused ?? { skipped: otherwise };
}

function toolNote(document: PromptDocument, rule: string): string {
  const tool = missingTool(document, rule);
  return tool === undefined
    ? ''
    : `, though the tools that its frontmatter lists lack ${tool}, which this needs`;
}

const sharpening: ReadonlySet<string> = new Set(['replacement', 'structural']);

function sharpenedBefore({ former }: Ground, { patternId }: Pattern): boolean {
  return former.some(
    (hunk) =>
      hunk.decision === 'accepted' && sharpening.has(hunk.strategy) && hunk.patternIds.includes(patternId),
  );
}

/** All content words of the rule are in the text: with "do not" for "never" it would be the same wording. */
function saysNoMore(rule: string, text: string): boolean {
  const there = new Set(words(text));
  return words(rule).every((word) => there.has(word));
}

function attempt(rule: WrittenRule, draft: Draft, ground: Ground): Outcome | undefined {
  const subject = draft.subjectOf(rule);
  if (subject === undefined) return undefined;
  if (draft.avoid.some((text) => saysNoMore(rule.text, text)))
    return { skipped: 'these words were rejected for their wording' };
  const stated = { evidence: draft.support, clarity: rule.clarity };
  const built = buildHunk(
    {
      templateId: ground.templateId,
      base: ground.base,
      subject,
      patternIds: draft.patternIds,
      evidence: draft.evidence,
      confidence: combined(stated),
      prefers: (challenger, holder) => ground.outcomes.prefers(challenger, holder),
      reason: (because) => draft.reason(because + toolNote(ground.document, rule.text)),
    },
    ground.hash,
  );
  if (built === undefined) {
    const { covering } = subject;
    return covering === undefined || draft.patternIds.length === 0
      ? undefined
      : { skipped: draft.otherwise, unheld: { rule: rule.text, advice: adviceFor(rule.text) } };
  }
  const { hunk: made, insteadOf } = built;
  const checks = runChecks({
    document: ground.document,
    hunk: made,
    rule: rule.text,
    sources: draft.request.sources,
  });
  if (hasFailed(checks)) {
    return {
      skipped: checks
        .filter(({ outcome }) => outcome === 'failed')
        .map(({ note }) => note)
        .join(' '),
    };
  }
  const check = staticCheck({
    rule: rule.text,
    section: made.section,
    document: ground.document,
    sources: draft.request.sources,
    correctionId: rule.correctionId,
    sharpens: subject.covering !== undefined,
    checks,
  });
  const outcomes = ground.outcomes.weightOf(made.strategy, insteadOf);
  const parts = { ...stated, check, ...(outcomes === undefined ? {} : { outcomes }) };
  const hunk: Hunk = {
    ...made,
    confidence: combined(parts),
    writer: rule.writer,
    confidenceParts: parts,
    ...(checks.length === 0 ? {} : { checks: [...checks] }),
    ...(draft.again ? { advice: adviceFor(rule.text) } : {}),
  };
  return { hunk, parts, rule: rule.text, ruleWords: words(rule.text) };
}

/** A hunk for a pattern, from the words of its training members alone. The note is added to the reason. */
export async function proposeForPattern(
  pattern: Pattern,
  ground: Ground,
  { note, avoid }: Eligible,
): Promise<Outcome> {
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
  const others = ground.corrections.filter((each) => !memberIds.has(each.correctionId));
  const condition = sharedCondition(learned, others);
  const known = disobeyed(
    ground.document,
    pattern,
    sources.slice(0, mostTexts).map(({ userCorrection }) => userCorrection),
  );
  const { corrections, sessions } = pattern.support;
  const heldOut = members.length - learned.length;
  return firstSound(
    {
      request: {
        sources: sources.map(toSource),
        ...(condition === undefined ? {} : { condition }),
        ...(known === undefined ? {} : { covering: known }),
      },
      subjectOf: (rule) => {
        const covering =
          known !== undefined && bearsOn(known, rule.text)
            ? known
            : sayingTheSame(ground.document, rule.text);
        return {
          document: ground.document,
          rule: rule.text,
          conditional: rule.conditional,
          words: pattern.terms,
          ...(condition === undefined ? {} : { condition }),
          ...(rule.example === undefined ? {} : { example: rule.example }),
          ...(covering === undefined ? {} : { covering }),
        };
      },
      evidence: learned,
      support: pattern.confidence,
      patternIds: [pattern.patternId],
      reason: (because) =>
        `Corrected ${times(corrections, 'time')} in ${times(sessions, 'session')} between ${day(pattern.firstSeen)} and ` +
        `${day(pattern.lastSeen)}; ${because}. The words are from ${times(learned.length, 'earlier correction')}; ` +
        `${heldOut === 0 ? 'none was' : `${heldOut} later ${heldOut === 1 ? 'one was' : 'ones were'}`} kept apart to judge it.` +
        note,
      otherwise: 'the prompt says so already, as plainly as wording can; a hook or lint rule may help',
      avoid,
      again: sharpenedBefore(ground, pattern),
    },
    ground,
  );
}

function toSource({ correctionId, sessionId, userCorrection }: Correction): RuleSource {
  return { correctionId, sessionId, text: userCorrection };
}

/** A hunk for one plainly stated standing instruction. It rests on one moment and says so. */
export async function proposeForInstruction(correction: Correction, ground: Ground): Promise<Outcome> {
  return firstSound(
    {
      request: { sources: [toSource(correction)] },
      subjectOf: (rule) =>
        rule.clarity < leastClarity || covers(ground.document, words(rule.text)) !== undefined
          ? undefined
          : { document: ground.document, rule: rule.text, conditional: rule.conditional, words: [] },
      evidence: [correction],
      support: rounded(correction.likelihood * shrunk(1)),
      patternIds: [],
      reason: (because) =>
        `Said once, on ${day(correction.timestamp)}, as something that should hold from then on; ${because}. ` +
        'It rests on one moment and stays a draft until it recurs.',
      otherwise: 'its words make no plain rule, or an instruction of the prompt says so already',
      avoid: [],
      again: false,
    },
    ground,
  );
}

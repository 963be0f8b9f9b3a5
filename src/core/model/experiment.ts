import * as z from 'zod/mini';
import { count, isoTime, stored, unit } from './common';

export const variants = ['control', 'canary'] as const;
export const variantSchema = z.enum(variants);
export type Variant = z.infer<typeof variantSchema>;

export const experimentStatuses = ['running', 'promoted', 'rolled-back', 'inconclusive'] as const;

/** Share of new sessions that get the candidate, and how many of them it takes to go on to the next stage. */
export const experimentStageSchema = z.object({ share: unit, sessions: count });
export type ExperimentStage = z.infer<typeof experimentStageSchema>;

/** What was laid down before the first session; it does not change while the experiment runs. */
export const decisionRuleSchema = z.object({
  /** `superiority`: fewer addressed corrections. `non-inferiority`: a removed rule is not missed. */
  goal: z.enum(['superiority', 'non-inferiority']),
  /** Chance of a false promotion, and of a false rollback, each over all looks. */
  alpha: unit,
  /** Chance that a sound assignment is stopped as broken, over all looks. */
  ratioAlpha: unit,
  /** By how much the share of sessions with a correction, or with an interruption, may rise: absolute, 0 to 1. */
  shareMargin: unit,
  /** By how much the share of sessions may rise that take more turns, or more tokens, than the median of those before them: absolute, 0 to 1. */
  costMargin: unit,
  /** Sessions of both variants after which it ends without a decision. */
  mostSessions: count,
  /** Days after which it ends without a decision. */
  mostDays: z.number().check(z.positive()),
  /** A session counts when nothing was added to it for so long. */
  settleMinutes: z.number().check(z.minimum(0)),
});
export type DecisionRule = z.infer<typeof decisionRuleSchema>;

/** A file that the experiment wrote; SHA-256 of its bytes before and after, null for no file. The bytes lie in the content store, those of settings privately. */
const experimentFileSchema = z.object({
  path: z.string(),
  before: z.nullable(z.string()),
  after: z.nullable(z.string()),
});
export type ExperimentFile = z.infer<typeof experimentFileSchema>;

export const experimentOutcomes = [
  'superior',
  'not-worse',
  'harm',
  'ratio-broken',
  'candidate-broken',
  'time-over',
  'request',
] as const;

/** How it ended, with what that rested on. */
const experimentEndSchema = z.object({
  at: isoTime,
  cause: z.enum(experimentOutcomes),
  /** Nobody asked for it. */
  automatic: z.boolean(),
  /** For a reader. */
  reason: z.string(),
  /** The figures at that moment. */
  inputs: z.record(z.string(), z.unknown()),
  /** The deployment that the promotion made. */
  rolloutId: z.optional(z.string()),
});
export type ExperimentEnd = z.infer<typeof experimentEndSchema>;

/**
 * A candidate text that goes out to a random share of real sessions. The hook reads this record itself, without a schema: keys that it
 * reads are changed with `src/hook/assignment.ts` alone.
 */
export const experimentSchema = z.object({
  ...stored,
  experimentId: z.string(),
  templateId: z.string(),
  agentType: z.string(),
  /** The prompt file, relative to the workspace with forward slashes. */
  path: z.string(),
  /** `subagent`: a twin file is run instead. `instructions`: what the candidate adds is given as further context. */
  mode: z.enum(['subagent', 'instructions']),
  baseline: z.object({ version: z.string(), contentHash: z.string() }),
  candidate: z.object({ version: z.string(), contentHash: z.string() }),
  /** Patterns that the candidate is to cure (or, of a removal, that its rule addressed); sorted. */
  patternIds: z.array(z.string()),
  /** Assignments are only noted: every session gets the baseline, and nothing is promoted or rolled back. */
  dryRun: z.boolean(),
  /** Without it, a promotion that is due waits for a person. */
  promotesItself: z.boolean(),
  rule: decisionRuleSchema,
  stages: z.array(experimentStageSchema).check(z.minLength(1)),
  /** Index into `stages`. */
  stage: count,
  /** When each stage began; the first with the experiment. */
  stagesBegan: z.array(isoTime),
  /** Hexadecimal; a session's variant is a keyed hash of it. */
  key: z.string(),
  /** Name and file of the twin; only of the mode `subagent`. */
  twin: z.nullable(z.object({ name: z.string(), path: z.string(), contentHash: z.string() })),
  /** Content hash of the text that is added; only of the mode `instructions`. */
  addition: z.nullable(z.string()),
  /**
   * All files that it wrote, in that order: the twin (none in a dry run), the settings. Experiments that share the settings all hold what was
   * there before the first of them, and what the last wrote. The settings' bytes leave the content store with the last.
   */
  files: z.array(experimentFileSchema),
  /** Folders that it made on the way to them, the outermost first. */
  foldersMade: z.array(z.string()),
  status: z.enum(experimentStatuses),
  startedAt: isoTime,
  startedBy: z.string(),
  end: z.nullable(experimentEndSchema),
});
export type Experiment = z.infer<typeof experimentSchema>;

export const exposureFaults = ['twin-missing', 'twin-changed', 'addition-missing'] as const;

/** One assignment, as the hook noted it. Written by `src/hook`. */
export const exposureSchema = z.object({
  ...stored,
  exposureId: z.string(),
  experimentId: z.string(),
  at: isoTime,
  sessionId: z.string(),
  agentType: z.string(),
  /** What chance gave the session: analyses go by this. */
  assigned: variantSchema,
  /** What it got; the original where the candidate could not be given, and in a dry run. */
  variant: variantSchema,
  /** The chance of the candidate when the session was assigned, and the stage. */
  share: unit,
  stage: count,
  /** SHA-256 of the prompt file or of the added text that it got; absent where that could not be read. */
  contentHash: z.optional(z.string()),
  fault: z.optional(z.enum(exposureFaults)),
});
export type Exposure = z.infer<typeof exposureSchema>;

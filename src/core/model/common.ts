import * as z from 'zod/mini';

/** Version of the shape of every stored record. A reader refuses what it does not know. */
export const schemaVersion = 1;

export const stored = { schemaVersion: z.literal(schemaVersion) };

export const isoTime = z.iso.datetime({ offset: true });
export const unit = z.number().check(z.minimum(0), z.maximum(1));
export const count = z.int().check(z.minimum(0));
/** Closed interval [low, high]; which level it has, the record that holds it says. */
export const interval = z.tuple([z.number(), z.number()]);

export const signals = [
  'tool-rejected',
  'plan-edited',
  'edit-modified',
  'edit-undone',
  'post-edit',
  'interrupted',
  'downvoted',
  'message',
  'manual',
] as const;
export const correctionTypes = [
  'content_correction',
  'approach_correction',
  'missing_information',
  'incorrect_interpretation',
  'quality_improvement',
  'formatting_correction',
  'technical_correction',
] as const;
export const severities = ['low', 'medium', 'high', 'critical'] as const;
export const strategies = ['additive', 'replacement', 'contextual', 'structural'] as const;
export const tiers = ['static', 'replay', 'observed'] as const;
export const verdicts = ['ship', 'reject', 'inconclusive'] as const;
export const sourceNames = [
  'claude-code',
  'codex',
  'copilot',
  'cursor',
  'aider',
  'specstory',
  'legacy',
] as const;

/** Where the name of the person at work comes from, the most deliberate first. */
export const identitySources = ['setting', 'environment', 'git', 'system'] as const;

export const signalSchema = z.enum(signals);
export const correctionTypeSchema = z.enum(correctionTypes);
export const severitySchema = z.enum(severities);
export const strategySchema = z.enum(strategies);
export const tierSchema = z.enum(tiers);
export const verdictSchema = z.enum(verdicts);
export const sourceNameSchema = z.enum(sourceNames);

export type Signal = z.infer<typeof signalSchema>;
export type CorrectionType = z.infer<typeof correctionTypeSchema>;
export type Severity = z.infer<typeof severitySchema>;
export type Strategy = z.infer<typeof strategySchema>;
export type EvidenceTier = z.infer<typeof tierSchema>;
export type Verdict = z.infer<typeof verdictSchema>;
export type SourceName = z.infer<typeof sourceNameSchema>;

/** Where something was read: `line` counts from 1 in the source file. */
export const evidenceSchema = z.object({ path: z.string(), line: count });
export type Evidence = z.infer<typeof evidenceSchema>;

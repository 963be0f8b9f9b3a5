import * as z from 'zod/mini';
import { PipelineError } from '../errors';
import { correctionTypeSchema, severitySchema, signalSchema } from '../model/common';
import type { Correction } from '../model/correction';
import type { Clock, Hash } from '../ports';
import { mapAgentName } from './agentName';
import { correctionIdOf } from './correctionId';
import { correctionKind } from './correctionKind';
import { isReusable } from './message/reusable';
import { isStandingInstruction } from './message/standingInstruction';
import { Redaction } from './redaction/redact';
import { textLimits } from './toCorrection';

const said = z.string().check(z.refine((text) => text.trim() !== '', 'must not be empty'));

/** A date, or a time in any form that JavaScript reads; without an offset it is local, as the Python prototype wrote it. */
const time = z
  .string()
  .check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be a time such as 2026-11-23T08:00:00Z'));

const editSchema = z.object({ file: said, before: z.string(), after: z.string() });

/** The shape that `record` takes; keys that it does not know are left aside. What was changed by hand needs no words. */
const inputSchema = z
  .object({
    agentType: said,
    userCorrection: z.string(),
    edit: z.optional(editSchema),
    originalResponse: z.optional(z.string()),
    signal: z.optional(signalSchema),
    correctionType: z.optional(correctionTypeSchema),
    severity: z.optional(severitySchema),
    sessionId: z.optional(said),
    timestamp: z.optional(time),
    taskDescription: z.optional(z.string()),
    context: z.optional(z.record(z.string(), z.unknown())),
  })
  .check(
    z.refine(({ userCorrection, edit }) => edit !== undefined || userCorrection.trim() !== '', {
      path: ['userCorrection'],
      error: 'must not be empty',
    }),
  );

export type ManualInput = z.infer<typeof inputSchema>;

/** @throws PipelineError INVALID_INPUT, naming every field that is wrong */
export function readManualInput(input: unknown): ManualInput {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success) throw invalid(parsed.error.issues);
  return parsed.data;
}

/** The kind of an input that may not say it, by its words. */
export function kindOfInput({ signal, edit }: ManualInput, userCorrection: string) {
  return correctionKind(
    userCorrection,
    edit && userCorrection === '' ? 'edit-modified' : (signal ?? 'manual'),
  );
}

/** Session of an input that names none: those of one day count as one. */
export function sessionOfInput({ sessionId }: ManualInput, timestamp: string): string {
  return sessionId ?? `manual-${timestamp.slice(0, 10)}`;
}

/**
 * A correction that a person gives by hand, and the names of the fields that were filled in for them.
 * @throws PipelineError INVALID_INPUT, naming every field that is wrong
 */
export function manualCorrection(
  input: unknown,
  agentNames: Readonly<Record<string, string>>,
  ports: { readonly clock: Clock; readonly hash: Hash },
): { correction: Correction; filledIn: readonly string[] } {
  const given = readManualInput(input);
  const redaction = new Redaction();
  const userCorrection = redaction.text(given.userCorrection.trim());
  const signal = given.signal ?? 'manual';
  const timestamp = (
    given.timestamp === undefined ? ports.clock.now() : new Date(given.timestamp)
  ).toISOString();
  const kind = kindOfInput(given, userCorrection);
  const said = {
    signal,
    agentType: mapAgentName(given.agentType, agentNames),
    sessionId: sessionOfInput(given, timestamp),
    timestamp,
    correctionType: given.correctionType ?? kind.type,
    severity: given.severity ?? kind.severity,
    userCorrection,
    originalResponse: redaction.excerpt(given.originalResponse ?? '', textLimits.words),
    ...(given.edit && { edit: redactedEdit(given.edit, redaction) }),
    ...(given.taskDescription !== undefined && { taskDescription: redaction.text(given.taskDescription) }),
    ...(given.context && { context: redactedContext(given.context, redaction) }),
  };
  const correction: Correction = {
    schemaVersion: 1,
    correctionId: correctionIdOf(['manual', JSON.stringify(said)], ports.hash),
    source: 'manual',
    ...said,
    reasons: {
      correctionType: given.correctionType === undefined ? kind.typeReason : 'given with the correction',
      severity: given.severity === undefined ? kind.severityReason : 'given with the correction',
    },
    likelihood: 1,
    standingInstruction: isStandingInstruction(userCorrection),
    reusable: isReusable(userCorrection),
    evidence: { path: 'manual', line: 0 },
    redactions: redaction.count,
  };
  const fillable = [
    'signal',
    'correctionType',
    'severity',
    'sessionId',
    'timestamp',
    'originalResponse',
  ] as const;
  return { correction, filledIn: fillable.filter((name) => given[name] === undefined) };
}

function redactedEdit(
  { file, before, after }: z.infer<typeof editSchema>,
  redaction: Redaction,
): NonNullable<Correction['edit']> {
  return {
    file: redaction.text(file),
    before: redaction.excerpt(before, textLimits.edit),
    after: redaction.excerpt(after, textLimits.edit),
  };
}

function redactedContext(
  context: Readonly<Record<string, unknown>>,
  redaction: Redaction,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, redaction.value(value)]));
}

function invalid(issues: readonly z.core.$ZodIssue[]): PipelineError {
  const faults = issues.map(
    ({ path, message }) => `${path.length === 0 ? 'the input' : path.join('.')}: ${message}`,
  );
  return new PipelineError('INVALID_INPUT', `The correction cannot be recorded: ${faults.join('; ')}`, {
    subject: issues[0]?.path.join('.') || 'correction',
    remedy:
      'Give a JSON object with agentType and userCorrection; times are ISO 8601 with an offset. Nothing was stored.',
  });
}

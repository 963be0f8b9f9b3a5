import * as z from 'zod/mini';
import type { TableRow } from '../analysis/correctionTable';
import { PipelineError } from '../errors';
import { type Correction, correctionSchema } from '../model/correction';
import type { Clock, Hash } from '../ports';
import { kindOfInput, manualCorrection, readManualInput, sessionOfInput } from './manualCorrection';
import { Redaction } from './redaction/redact';

/** A line by another program: what `record` takes, with an id of its own, and words that may be missing. */
const looseSchema = z.looseObject({
  correctionId: z.optional(z.string()),
  agentType: z.optional(z.nullable(z.string())),
  userCorrection: z.string(),
  likelihood: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  standingInstruction: z.optional(z.boolean()),
});

/** What a table keeps of a stored record: looking at no more costs half. */
const storedRowSchema = z.pick(correctionSchema, {
  schemaVersion: true,
  correctionId: true,
  agentType: true,
  sessionId: true,
  timestamp: true,
  correctionType: true,
  severity: true,
  signal: true,
  likelihood: true,
  userCorrection: true,
  tool: true,
  edit: true,
});

/** Stands in for the words of an event without any while the rest of it is read. */
const wordless = '(no words)';
/** What may hold a secret: texts without it need no redaction. */
const mayHoldSecret = /\S{16}|@|pass|secret|token|key|auth/i;

/** What a line says, before what is missing is filled in. */
interface Loose {
  readonly correctionId: string | undefined;
  readonly userCorrection: string;
  readonly likelihood: number | undefined;
  readonly standingInstruction: boolean | undefined;
  /** The shape of `record`, with words in any case. */
  readonly given: Readonly<Record<string, unknown>>;
}

function readLoose(input: unknown): Loose {
  const { correctionId, agentType, userCorrection, likelihood, standingInstruction, ...rest } =
    looseSchema.parse(input);
  // A key that is null says the same as one that is missing.
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  const words = userCorrection.trim() === '' ? wordless : userCorrection;
  return {
    correctionId,
    userCorrection,
    likelihood,
    standingInstruction,
    given: { ...given, agentType: agentType || 'main', userCorrection: words },
  };
}

function whole(
  { given, correctionId, userCorrection, likelihood, standingInstruction }: Loose,
  ports: Dating,
) {
  const { correction } = manualCorrection(given, {}, ports);
  return {
    ...correction,
    ...(userCorrection.trim() === '' ? { userCorrection: '' } : {}),
    ...(correctionId === undefined ? {} : { correctionId }),
    ...(likelihood === undefined ? {} : { likelihood }),
    ...(standingInstruction === undefined ? {} : { standingInstruction }),
  };
}

interface Dating {
  readonly clock: Clock;
  readonly hash: Hash;
}

/** Where a correction was read. */
interface Place {
  readonly path: string;
  readonly line: number;
}

/**
 * One correction from parsed JSON: a whole record as it is stored, or the shorter shape of `record`, filled in. All its text
 * is redacted.
 * @param ports the clock dates what bears no time
 * @throws PipelineError INVALID_INPUT, ZodError
 */
export function readCorrection(input: unknown, place: Place, ports: Dating): Correction {
  const stored = correctionSchema.safeParse(input);
  if (stored.success) return stored.data;
  return { ...whole(readLoose(input), ports), evidence: { path: place.path, line: place.line } };
}

/**
 * What a table keeps of the same, at a fraction of the cost: what nobody will read in full is neither redacted nor judged
 * beyond what the table asks for. `dated` is false where the input bears no time, and where it named no session `filed` is.
 */
export function readTableRow(
  input: unknown,
  ports: Dating,
): { readonly row: TableRow; readonly dated: boolean; readonly filed: boolean } {
  const stored = storedRowSchema.safeParse(input);
  if (stored.success) return { row: stored.data, dated: true, filed: true };
  const loose = readLoose(input);
  const given = readManualInput(loose.given);
  const [dated, filed] = [given.timestamp !== undefined, given.sessionId !== undefined];
  // The id of what bears none is made from all of it.
  if (loose.correctionId === undefined) return { row: whole(loose, ports), dated, filed };
  const hasWords = loose.userCorrection.trim() !== '';
  const said = hasWords ? loose.userCorrection.trim() : '';
  const userCorrection = mayHoldSecret.test(said) ? new Redaction().text(said) : said;
  const kind =
    given.correctionType === undefined || given.severity === undefined
      ? kindOfInput(given, hasWords ? userCorrection : wordless)
      : undefined;
  const timestamp = (
    given.timestamp === undefined ? ports.clock.now() : new Date(given.timestamp)
  ).toISOString();
  return {
    row: {
      correctionId: loose.correctionId,
      agentType: given.agentType.trim(),
      sessionId: sessionOfInput(given, timestamp),
      timestamp,
      correctionType: given.correctionType ?? kind?.type ?? 'content_correction',
      severity: given.severity ?? kind?.severity ?? 'low',
      signal: given.signal ?? 'manual',
      likelihood: loose.likelihood ?? 1,
      userCorrection,
      ...(given.edit && { edit: { file: given.edit.file } }),
    },
    dated,
    filed,
  };
}

/** Why a line could not be read; errors of the program itself go on. */
export function unreadable(error: unknown): string {
  if (error instanceof SyntaxError) return `not JSON: ${error.message}`;
  if (error instanceof PipelineError) return error.message;
  if (error instanceof z.core.$ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
  }
  throw error;
}

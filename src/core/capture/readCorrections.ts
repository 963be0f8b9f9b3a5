import * as z from 'zod/mini';
import { PipelineError } from '../errors';
import { type Correction, correctionSchema } from '../model/correction';
import type { Clock, Hash, Listing, Skipped } from '../ports';
import { manualCorrection } from './manualCorrection';

/** A line by another program: what `record` takes, with an id of its own, and words that may be missing. */
const looseSchema = z.looseObject({
  correctionId: z.optional(z.string()),
  agentType: z.optional(z.nullable(z.string())),
  userCorrection: z.string(),
  likelihood: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  standingInstruction: z.optional(z.boolean()),
});

/** Stands in for the words of an event without any while the rest of it is read. */
const wordless = '(no words)';

function readLoose(
  input: unknown,
  line: number,
  path: string,
  ports: { clock: Clock; hash: Hash },
): Correction {
  const { correctionId, agentType, userCorrection, likelihood, standingInstruction, ...rest } =
    looseSchema.parse(input);
  // A key that is null says the same as one that is missing.
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null));
  const hasWords = userCorrection.trim() !== '';
  const { correction } = manualCorrection(
    { ...given, agentType: agentType || 'main', userCorrection: hasWords ? userCorrection : wordless },
    {},
    ports,
  );
  return {
    ...correction,
    ...(hasWords ? {} : { userCorrection: '' }),
    ...(correctionId === undefined ? {} : { correctionId }),
    ...(likelihood === undefined ? {} : { likelihood }),
    ...(standingInstruction === undefined ? {} : { standingInstruction }),
    evidence: { path, line },
  };
}

const reasonOf = (error: unknown): string => {
  if (error instanceof SyntaxError) return `not JSON: ${error.message}`;
  if (error instanceof PipelineError) return error.message;
  if (error instanceof z.core.$ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.') || 'line'}: ${message}`).join('; ');
  }
  throw error;
};

interface Line {
  readonly number: number;
  readonly input: unknown;
}

const datedSchema = z.looseObject({ timestamp: z.string() });

/** The newest time that a line bears: what has none is taken to be no later than that. */
function newestTime(lines: readonly Line[]): Date | undefined {
  let newest: number | undefined;
  for (const { input } of lines) {
    const dated = datedSchema.safeParse(input);
    const time = dated.success ? Date.parse(dated.data.timestamp) : Number.NaN;
    if (!Number.isNaN(time) && (newest === undefined || time > newest)) newest = time;
  }
  return newest === undefined ? undefined : new Date(newest);
}

/**
 * Corrections from JSON Lines: whole records as they are stored, or the shorter shape of `record`, filled in. A line
 * that can be read as neither is skipped with its reason.
 */
export function readCorrections(
  text: string,
  path: string,
  ports: { readonly clock: Clock; readonly hash: Hash },
): Listing<Correction> {
  const lines: Line[] = [];
  const records: Correction[] = [];
  const skipped: Skipped[] = [];
  const skip = (line: number, error: unknown) => skipped.push({ path, line, reason: reasonOf(error) });
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '') continue;
    try {
      lines.push({ number: index + 1, input: JSON.parse(line) });
    } catch (error) {
      skip(index + 1, error);
    }
  }
  const undated = newestTime(lines) ?? ports.clock.now();
  const dating = { clock: { now: () => undated }, hash: ports.hash };
  for (const { number, input } of lines) {
    const whole = correctionSchema.safeParse(input);
    try {
      records.push(whole.success ? whole.data : readLoose(input, number, path, dating));
    } catch (error) {
      skip(number, error);
    }
  }
  return { records, skipped: skipped.toSorted((a, b) => a.line - b.line) };
}

import * as z from 'zod/mini';
import { PipelineError } from '../errors';

/** Far beyond any score, and far enough below the largest number for sums to stay finite. */
const largest = 1e100;
const score = z.number().check(z.gte(-largest), z.lte(largest));
const outcome = z.union([score, z.pipe(z.boolean(), z.transform(Number))]);
const clusterName = z.union([z.string(), z.number()]);

const schema = z.object({
  a: z.array(outcome).check(z.minLength(1)),
  b: z.array(outcome).check(z.minLength(1)),
  cluster: z.optional(z.nullable(z.array(clusterName))),
  alpha: z.optional(z.number().check(z.gt(0), z.lt(1))),
});

/** Outcomes of two prompts in the order they came. Pairs of one cluster are repeats of one scenario. */
export interface PairedInput {
  readonly a: readonly number[];
  readonly b: readonly number[];
  /** As long as `a`; undefined where every pair stands for itself. */
  readonly cluster: readonly (string | number)[] | undefined;
  /** Level of the test at any look, in (0, 1). */
  readonly alpha: number;
}

function invalid(message: string, subject: string): PipelineError {
  return new PipelineError('INVALID_INPUT', message, {
    subject,
    remedy:
      'Give {"a": [], "b": [], "cluster"?: [], "alpha"?} with as many finite numbers or booleans in a as in b.',
  });
}

/** @throws PipelineError `INVALID_INPUT`: no object, nothing in it, unequal lengths, or anything but finite numbers and booleans. */
export function readPairedInput(input: unknown): PairedInput {
  const read = schema.safeParse(input);
  if (!read.success) {
    const issue = read.error.issues[0];
    const path = issue?.path.map(String).join('.') || 'input';
    throw invalid(`The outcomes cannot be read: ${path}: ${issue?.message ?? 'unknown'}.`, path);
  }
  const { a, b, cluster, alpha = 0.05 } = read.data;
  if (a.length !== b.length) throw invalid(`a holds ${a.length} outcomes and b ${b.length}.`, 'b');
  if (cluster && cluster.length !== a.length) {
    throw invalid(`cluster holds ${cluster.length} names for ${a.length} pairs.`, 'cluster');
  }
  return { a, b, cluster: cluster ?? undefined, alpha };
}

import { PipelineError } from '../errors';
import { normalQuantile } from './normalQuantile';

/**
 * Wilson score interval of a proportion: [low, high] within [0, 1], two-sided at `confidence` (0 to 1).
 * No trials give [0, 1]: nothing is known. Source: Wilson (1927), JASA 22, 209-212.
 * `successes` may be fractional (weighted counts), 0 <= successes <= trials.
 * @throws PipelineError `INVALID_INPUT` for counts that are no proportion.
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): [number, number] {
  if (!(successes >= 0 && successes <= trials && Number.isFinite(trials))) {
    throw new PipelineError('INVALID_INPUT', `${successes} of ${trials} is no proportion.`, {
      subject: 'proportion',
      remedy: 'Give a number of successes between 0 and the number of trials.',
    });
  }
  if (trials === 0) return [0, 1];
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const share = successes / trials;
  const spread = (z * z) / trials;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z * Math.sqrt((share * (1 - share)) / trials + spread / (4 * trials))) / (1 + spread);
  return [
    successes === 0 ? 0 : Math.max(0, centre - half),
    successes === trials ? 1 : Math.min(1, centre + half),
  ];
}

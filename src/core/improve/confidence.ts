import type { ConfidenceParts } from '../model/improvement';

export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/**
 * Confidence of a hunk in [0, 1]: the geometric mean of its parts. A weak part pulls it down, and good ones do not
 * make a poor whole, as their product would: six unanimous sessions with a clear rule pass the default threshold of 0.8.
 */
export function combined({ evidence, clarity, check }: ConfidenceParts): number {
  const parts = check === undefined ? [evidence, clarity] : [evidence, clarity, check];
  return rounded(parts.reduce((product, part) => product * part, 1) ** (1 / parts.length));
}

/** Share of n sessions after which a rule is believed, n / (n + 1): one half for one moment. */
export function shrunk(sessions: number): number {
  return sessions / (sessions + 1);
}

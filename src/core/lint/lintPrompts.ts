import { throwIfAborted } from '../errors';
import type { Hash } from '../ports';
import type { Finding, Found } from './finding';
import type { LintedPrompt } from './lintSubject';
import type { PromptFacts } from './promptFacts';
import { lintRules } from './rules/registry';

export interface LintInput {
  readonly prompts: readonly LintedPrompt[];
  readonly facts?: PromptFacts;
  readonly hash: Hash;
  readonly signal?: AbortSignal;
  /** Called between prompts, so that a host's thread can do other things. */
  readonly breathe?: () => Promise<void>;
}

/** All findings, by path, then place. @throws PipelineError CANCELLED, TIMED_OUT */
export async function lintPrompts({
  prompts,
  facts,
  hash,
  signal,
  breathe,
}: LintInput): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const prompt of prompts) {
    await breathe?.();
    const found: Found[] = [];
    for (const rule of lintRules) {
      throwIfAborted(signal, prompt.path);
      found.push(...(await rule({ prompt, prompts, ...(facts === undefined ? {} : { facts }) })));
    }
    findings.push(...withIds(prompt, found.sort(byPlace), hash));
  }
  return findings.sort((a, b) =>
    a.place.path < b.place.path ? -1 : a.place.path > b.place.path ? 1 : byPlace(a, b),
  );
}

function byPlace(a: Pick<Found, 'place'>, b: Pick<Found, 'place'>): number {
  return a.place.line - b.place.line || a.place.column - b.place.column;
}

/** Of several alike in one file, each is told apart by its rank. */
function withIds({ path }: LintedPrompt, found: readonly Found[], hash: Hash): Finding[] {
  const ranks = new Map<string, number>();
  return found.map(({ subject, related = [], ...rest }) => {
    const about = JSON.stringify([rest.code, path, subject]);
    const rank = ranks.get(about) ?? 0;
    ranks.set(about, rank + 1);
    const findingId = `f_${hash.sha256(`${about}#${rank}`).slice(0, 16)}`;
    return { findingId, ...rest, related };
  });
}

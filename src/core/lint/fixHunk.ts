import type { Hunk } from '../model/improvement';
import type { Hash } from '../ports';
import { readPrompt } from '../prompt/promptDocument';
import { sectionAt } from '../prompt/sections';
import type { Finding } from './finding';
import { standsIn } from './lineFix';
import { estimateTokens } from './sectionCosts';

/** Nothing of a finding is estimated, so nothing is taken off. */
const certain = { evidence: 1, clarity: 1, check: 1 };

/** The finding's fix as a hunk of the prompt's text; `undefined` where it has none, or its lines have changed since. */
export function fixHunk(templateId: string, text: string, finding: Finding, hash: Hash): Hunk | undefined {
  const { fix, findingId, message } = finding;
  if (fix === undefined || !standsIn(text, fix)) return undefined;
  const { startLine, before, after } = fix;
  return {
    hunkId: `h_${hash.sha256(JSON.stringify([templateId, findingId, before, after])).slice(0, 16)}`,
    strategy: after === '' ? 'structural' : 'replacement',
    section: sectionAt(readPrompt(text).sections, startLine + 1),
    startLine,
    before,
    after,
    reason: message,
    patternIds: [],
    evidence: [],
    confidence: 1,
    tokenDelta: estimateTokens(after) - estimateTokens(before),
    decision: 'pending',
    origin: 'prompt-check',
    confidenceParts: certain,
  };
}

/** Hunks that do not touch the same lines, the first of each place. */
export function withoutOverlap(hunks: readonly Hunk[]): readonly Hunk[] {
  const end = ({ startLine, before }: Hunk) => startLine + Math.max(1, before.split(/\r\n|\r|\n/).length - 1);
  const chosen: Hunk[] = [];
  for (const hunk of [...hunks].sort((a, b) => a.startLine - b.startLine)) {
    const last = chosen.at(-1);
    if (last === undefined || hunk.startLine >= end(last)) chosen.push(hunk);
  }
  return chosen;
}

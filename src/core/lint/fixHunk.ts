import type { Hunk } from '../model/improvement';
import type { Hash } from '../ports';
import { type PromptSection, readPrompt } from '../prompt/promptDocument';
import { sectionAt } from '../prompt/sections';
import type { Finding, Fix } from './finding';
import { edited, standsIn } from './lineFix';
import { estimateTokens } from './sectionCosts';

/** Nothing of a finding is estimated, so nothing is taken off. */
const certain = { evidence: 1, clarity: 1, check: 1 };

/**
 * The fixes as hunks of the prompt's text, those within one line as one. A finding that has no fix, or whose lines have changed since,
 * gives none.
 */
export function fixHunks(
  templateId: string,
  text: string,
  findings: readonly Finding[],
  hash: Hash,
): readonly Hunk[] {
  const { sections } = readPrompt(text);
  const byLine = new Map<string, Fixable[]>();
  for (const { fix, findingId, message } of findings) {
    if (fix === undefined || !standsIn(text, fix)) continue;
    const key = fix.edit === undefined ? findingId : String(fix.startLine);
    byLine.set(key, [...(byLine.get(key) ?? []), { fix, findingId, message }]);
  }
  return [...byLine.values()].flatMap((group) => toHunk(templateId, group, sections, hash) ?? []);
}

interface Fixable extends Pick<Finding, 'findingId' | 'message'> {
  readonly fix: Fix;
}

function toHunk(
  templateId: string,
  group: readonly Fixable[],
  sections: readonly PromptSection[],
  hash: Hash,
): Hunk | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  const { startLine, before } = first.fix;
  const edits = group.flatMap(({ fix }) => fix.edit ?? []);
  const after = edits.length === 0 ? first.fix.after : edited(before, edits);
  const about = group.map(({ findingId }) => findingId);
  return {
    hunkId: `h_${hash.sha256(JSON.stringify([templateId, about, before, after])).slice(0, 16)}`,
    strategy: after === '' ? 'structural' : 'replacement',
    section: sectionAt(sections, startLine + 1),
    startLine,
    before,
    after,
    reason: group.map(({ message }) => message).join(' '),
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

import { formatPatch, type StructuredPatch, structuredPatch } from 'diff';
import type { Comparison } from '../model/template';
import { readPrompt } from '../prompt/promptDocument';
import { sectionAt } from '../prompt/sections';
import { splitLines } from '../prompt/splitLines';
import { estimateTokens } from '../text/tokens';

export type TextComparison = Pick<
  Comparison,
  'linesAdded' | 'linesRemoved' | 'sectionsChanged' | 'similarity' | 'tokenDelta' | 'diff'
>;

/** What changed from one text to another. `names` head the unified diff. */
export function compareTexts(
  from: string,
  to: string,
  names: { readonly path: string; readonly from: string; readonly to: string },
): TextComparison {
  const patch = structuredPatch(names.path, names.path, from, to, names.from, names.to, { context: 3 });
  const { added, removed } = changedLines(patch);
  return {
    linesAdded: added.length,
    linesRemoved: removed.length,
    sectionsChanged: [...new Set([...sectionsOf(to, added), ...sectionsOf(from, removed)])],
    similarity: diceSimilarity(splitLines(from), splitLines(to)),
    tokenDelta: tokenDelta(from, to),
    diff: formatPatch(patch),
  };
}

/** What changed in one section; blank lines count to none. */
export interface SectionChange {
  /** Path of headings; empty before the first heading. */
  readonly section: string;
  readonly linesAdded: number;
  readonly linesRemoved: number;
}

/** Changes by section, those of the new text first. */
export function changesBySection(from: string, to: string): readonly SectionChange[] {
  const { added, removed } = changedLines(structuredPatch('', '', from, to, '', '', { context: 0 }));
  const counts = new Map<string, { linesAdded: number; linesRemoved: number }>();
  const of = (section: string) => {
    const known = counts.get(section) ?? { linesAdded: 0, linesRemoved: 0 };
    counts.set(section, known);
    return known;
  };
  for (const section of sectionsOf(to, added)) of(section).linesAdded += 1;
  for (const section of sectionsOf(from, removed)) of(section).linesRemoved += 1;
  return [...counts].map(([section, count]) => ({ section, ...count }));
}

/** Numbers of lines, from 1, in the new and in the old text. */
function changedLines(patch: StructuredPatch): {
  readonly added: readonly number[];
  readonly removed: readonly number[];
} {
  const removed: number[] = [];
  const added: number[] = [];
  for (const hunk of patch.hunks) {
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const line of hunk.lines) {
      if (line.startsWith('-')) removed.push(oldLine++);
      else if (line.startsWith('+')) added.push(newLine++);
      else if (line.startsWith(' ')) {
        oldLine++;
        newLine++;
      }
    }
  }
  return { added, removed };
}

/** Estimated change of length in tokens. */
export function tokenDelta(from: string, to: string): number {
  return estimateTokens(to) - estimateTokens(from);
}

/** Paths of the sections that the lines (from 1) stand in; blank lines change no section. */
function sectionsOf(text: string, lines: readonly number[]): readonly string[] {
  const { sections, lines: all } = readPrompt(text);
  return lines.filter((line) => (all[line - 1] ?? '').trim() !== '').map((line) => sectionAt(sections, line));
}

/**
 * Dice coefficient of two multisets: 2 |A and B| / (|A| + |B|); 1 for two empty ones (Dice 1945,
 * doi:10.2307/1932409).
 */
export function diceSimilarity(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length === 0) return 1;
  const left = new Map<string, number>();
  for (const each of a) left.set(each, (left.get(each) ?? 0) + 1);
  let common = 0;
  for (const each of b) {
    const count = left.get(each) ?? 0;
    if (count === 0) continue;
    left.set(each, count - 1);
    common++;
  }
  return (2 * common) / (a.length + b.length);
}

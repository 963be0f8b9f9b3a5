import { formatPatch, structuredPatch } from 'diff';
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
  return {
    linesAdded: added.length,
    linesRemoved: removed.length,
    sectionsChanged: [...new Set([...sectionsOf(to, added), ...sectionsOf(from, removed)])],
    similarity: diceSimilarity(splitLines(from), splitLines(to)),
    tokenDelta: tokenDelta(from, to),
    diff: formatPatch(patch),
  };
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

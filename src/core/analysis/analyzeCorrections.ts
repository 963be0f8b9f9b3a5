import { throwIfAborted } from '../errors';
import type { Correction } from '../model/correction';
import { oldestFirst } from '../model/correctionOrder';
import type { Hash } from '../ports';
import type { WordVectors } from '../text/wordVectors';
import { type Analysis, type AnalysisContext, analyzeTable, type CorrectionRows } from './analyzeTable';
import { TextGroups } from './clusters/textGroups';
import { CorrectionTable } from './correctionTable';

export interface RowsContext extends AnalysisContext {
  readonly wordVectors: WordVectors;
}

export interface AnalysisInput extends RowsContext {
  readonly corrections: readonly Correction[];
}

/**
 * Pure: the same input gives the same analysis. Rows are taken by their time and id, so that up to 8000 different ones
 * the order in which they are given plays no part; of more, candidates of equal weight are taken as they come, which may move what
 * stands on the edge of a group.
 * @throws PipelineError CANCELLED
 */
export function analyzeRows(
  rows: CorrectionRows,
  context: RowsContext,
  hash: Hash,
  signal?: AbortSignal,
): Analysis {
  const { table } = rows;
  const order = table.inOrder();
  const groups = new TextGroups({
    corpus: table.corpus,
    order,
    sourceOf: (row) => table.session(row),
    wordVectors: context.wordVectors,
    onStep: () => throwIfAborted(signal, 'analysis'),
  });
  return analyzeTable(rows, order, groups, context, hash, signal);
}

/** The same for corrections at hand, in whatever order: they are taken oldest first. */
export function analyzeCorrections(input: AnalysisInput, hash: Hash, signal?: AbortSignal): Analysis {
  const corrections = oldestFirst(input.corrections);
  const table = new CorrectionTable();
  for (const correction of corrections) table.add(correction);
  const read = (rows: readonly number[]): Correction[] => rows.flatMap((row) => corrections[row] ?? []);
  return analyzeRows({ table, read }, input, hash, signal);
}

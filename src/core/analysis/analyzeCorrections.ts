import { throwIfAborted } from '../errors';
import type { Correction } from '../model/correction';
import type { Hash } from '../ports';
import type { WordVectors } from '../text/wordVectors';
import { type Analysis, type AnalysisContext, analyzeTable } from './analyzeTable';
import { TextGroups } from './clusters/textGroups';
import { CorrectionTable } from './correctionTable';

export interface AnalysisInput extends AnalysisContext {
  readonly corrections: readonly Correction[];
  readonly wordVectors: WordVectors;
}

/**
 * Pure: the same input gives the same analysis. Up to 8000 different corrections their order plays no part; of more, the
 * groups are learnt from a sample, and which corrections stand on the edge of a group may depend on it.
 * @throws PipelineError CANCELLED
 */
export function analyzeCorrections(input: AnalysisInput, hash: Hash, signal?: AbortSignal): Analysis {
  const { corrections, wordVectors } = input;
  const table = new CorrectionTable();
  for (const correction of corrections) table.add(correction);
  const order = table.inOrder();
  const groups = new TextGroups(
    table.corpus,
    order,
    (row) => table.session(row),
    wordVectors,
    () => throwIfAborted(signal, 'analysis'),
  );
  const read = (rows: readonly number[]): Correction[] => rows.flatMap((row) => corrections[row] ?? []);
  return analyzeTable({ table, read }, order, groups, input, hash, signal);
}

import { closeSync, openSync, readSync } from 'node:fs';
import type { CorrectionRows } from '../core/analysis/analyzeTable';
import { CorrectionTable } from '../core/analysis/correctionTable';
import { readCorrection, readTableRow, unreadable } from '../core/capture/readCorrections';
import { PipelineError } from '../core/errors';
import type { Correction } from '../core/model/correction';
import type { Skipped } from '../core/ports';
import { GrowingInts } from '../core/text/growingNumbers';
import { isMissing, storageError } from './errorsFromNode';
import { linesOfFile } from './linesOfFile';
import { nodeHash } from './systemPorts';

/** Corrections of a file that stay in it: the table in memory, the rest read again where it is asked for. */
export interface CorrectionsFile extends CorrectionRows {
  readonly skipped: readonly Skipped[];
  close(): void;
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    if (!isMissing(cause)) throw storageError(cause, 'read', path);
    throw new PipelineError('NOT_FOUND', `There is no file ${path}.`, {
      subject: path,
      remedy: 'Check the path given to --corrections.',
      cause,
    });
  }
}

/**
 * Reads corrections as JSON Lines, piece by piece: a file may be larger than the memory. Lines that cannot be read are in `skipped`.
 * What bears no time is dated like the newest line that does.
 * @param now time where no line bears one
 * @throws PipelineError NOT_FOUND, PERMISSION_DENIED, STORAGE_FAILED
 */
export function openCorrectionsFile(path: string, now: Date): CorrectionsFile {
  const file = open(path);
  const table = new CorrectionTable();
  const skipped: Skipped[] = [];
  /** Of each row: where its line starts, how long it is, and its number. */
  const starts: number[] = [];
  const lengths = new GrowingInts();
  const numbers = new GrowingInts();
  const undated: { readonly row: number; readonly filed: boolean }[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  const dating = { clock: { now: () => now }, hash: nodeHash };
  for (const { text, start, length, number } of linesOfFile(file)) {
    if (text.trim() === '') continue;
    try {
      const { row, dated, filed } = readTableRow(JSON.parse(text), dating);
      if (dated) newest = Math.max(newest, Date.parse(row.timestamp));
      else undated.push({ row: table.size, filed });
      table.add(row);
      starts.push(start);
      lengths.push(length);
      numbers.push(number);
    } catch (error) {
      skipped.push({ path, line: number, reason: unreadable(error) });
    }
  }
  const date = Number.isFinite(newest) ? new Date(newest) : now;
  const timestamp = date.toISOString();
  for (const { row, filed } of undated)
    table.date(
      row,
      timestamp,
      filed ? table.sessions.name(table.session(row)) : `manual-${timestamp.slice(0, 10)}`,
    );

  const ports = { clock: { now: () => date }, hash: nodeHash };
  const readRow = (row: number): Correction[] => {
    const bytes = Buffer.alloc(lengths.at(row));
    readSync(file, bytes, 0, bytes.length, starts[row] ?? 0);
    const line = numbers.at(row);
    try {
      return [
        readCorrection(JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')), { path, line }, ports),
      ];
    } catch (error) {
      // The table could be made of it, so that it counts; the rest of it cannot be shown.
      skipped.push({ path, line, reason: unreadable(error) });
      return [];
    }
  };
  return { table, skipped, read: (rows) => rows.flatMap(readRow), close: () => closeSync(file) };
}

import { csvPieces } from './exportCsv';
import { jsonPieces } from './exportJson';
import { monitoringCsvPieces } from './monitoring/monitoringCsv';
import type { ReportModel } from './reportModel';
import { reportPagePieces } from './reportPage';

export const reportFormats = ['html', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/** By the end of a file's name, in any case; HTML for any other. */
export function formatOf(path: string): ReportFormat {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return reportFormats.find((format) => format === extension) ?? 'html';
}

const writers: Readonly<Record<ReportFormat, (model: ReportModel) => Generator<string>>> = {
  html: reportPagePieces,
  csv: csvPieces,
  json: jsonPieces,
};

/**
 * The report in a format, in pieces that are each quick to make. `monitoring`: a table holds one kind of row, so as CSV it is the patterns, or
 * the figures of the monitoring.
 */
export function reportPieces(
  model: ReportModel,
  format: ReportFormat,
  part?: 'monitoring',
): Generator<string> {
  if (format === 'csv' && part === 'monitoring') return monitoringCsvPieces(model);
  return writers[format](model);
}

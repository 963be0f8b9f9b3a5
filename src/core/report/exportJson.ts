import type { ReportModel } from './reportModel';

/** Version of the exported document's shape; it grows without a new one, and changes only with one. */
export const reportSchemaVersion = 1;

function* array(name: string, items: readonly unknown[]): Generator<string> {
  yield `  ${JSON.stringify(name)}: [`;
  for (const [index, item] of items.entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(item)}`;
  }
  yield items.length === 0 ? ']' : '\n  ]';
}

/**
 * The report as one JSON document, an entry a line, piece by piece:
 * `schemaVersion`, `generatedAt` (ISO 8601), `totals` {corrections, sessions, patterns, improvements},
 * `patterns` [{pattern, series, promptPath, decision}] (records as they are stored; `series` holds weeks, trend, forecast and unusual
 * weeks), `clusters` (records), `improvements` [{improvement, promptPath, validation}], `skipped` [{path, line, reason}].
 * What is not known is left out.
 */
export function* jsonPieces(model: ReportModel): Generator<string> {
  yield `{\n  "schemaVersion": ${reportSchemaVersion},\n  "generatedAt": ${JSON.stringify(model.generatedAt)},\n  "totals": ${JSON.stringify(model.totals)},\n`;
  yield* array('patterns', model.patterns);
  yield ',\n';
  yield* array('clusters', model.clusters);
  yield ',\n';
  yield* array('improvements', model.improvements);
  yield ',\n';
  yield* array('skipped', model.skipped);
  yield '\n}\n';
}

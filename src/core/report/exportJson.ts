import type { ExperimentStatus } from '../canary/canaryWatch';
import type { Monitoring } from '../monitoring/buildMonitoring';
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

function* monitoringPieces(monitoring: Monitoring): Generator<string> {
  yield '  "monitoring": {';
  for (const [index, [name, value]] of Object.entries(monitoring).entries()) {
    yield `${index === 0 ? '' : ','}\n    ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
  }
  yield '\n  },\n';
}

/** A report is passed on: who has the key could tell which sessions get the candidate. */
function withoutKey({ experiment: { key: _, ...experiment }, ...status }: ExperimentStatus) {
  return { experiment, ...status };
}

/**
 * The report as one JSON document, an entry a line, piece by piece:
 * `schemaVersion`, `generatedAt` (ISO 8601), `totals` {corrections, sessions, patterns, improvements},
 * `patterns` [{pattern, series, promptPath, decision}] (records as they are stored; `series` holds weeks, trend, forecast and unusual
 * weeks), `clusters` (records), `improvements` [{improvement, promptPath, validation}], `experiments` [{experiment,
 * assessment, decision}], `monitoring` (see `Monitoring`), `skipped`
 * [{path, line, reason}].
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
  if (model.experiments) {
    yield* array('experiments', model.experiments.map(withoutKey));
    yield ',\n';
  }
  if (model.monitoring) yield* monitoringPieces(model.monitoring);
  yield* array('skipped', model.skipped);
  yield '\n}\n';
}

import type { LegacySummary } from './legacyRecords';

/** What was taken over from the prototype and what was not, a line each. Plain text. */
export function legacyLines(legacy: Omit<LegacySummary, 'skipped'> | undefined): readonly string[] {
  if (legacy === undefined) return [];
  const { templates, versions, improvements, executions, otherFiles, notTaken } = legacy;
  return [
    `From the prototype: ${templates.found} templates (${templates.new} new), ${versions.found} versions (${versions.new} new)`,
    `  ${improvements.found} improvements, ${improvements.linked} of them the text of a version; ${executions.found} runs and ${otherFiles} other files recognised`,
    ...notTaken.map((sentence) => `  ${sentence}`),
  ];
}

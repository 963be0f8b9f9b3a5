import { compareTexts } from '../templates/compareTexts';
import type { CanaryPlan, PlannedFile } from './canaryPlan';
import { ruleLines } from './canaryText';

/** A file that is to be written, as a unified diff. */
export function fileDiff({ path, before, after }: PlannedFile): string {
  const text = (bytes: Uint8Array | null) => (bytes === null ? '' : new TextDecoder().decode(bytes));
  return compareTexts(text(before), text(after), {
    path,
    from: before === null ? 'no file' : 'now',
    to: 'then',
  }).diff;
}

/** What starting would do, for a person who is to agree. */
export function planLines(plan: CanaryPlan): readonly string[] {
  const { experiment, files, addition, notes } = plan;
  const { agentType, baseline, candidate, path } = experiment;
  return [
    `${agentType} (${path}): ${baseline.version} against ${candidate.version}`,
    ...ruleLines(experiment),
    ...notes,
    ...(addition === null
      ? []
      : ['', 'Sessions with the candidate are told:', new TextDecoder().decode(addition)]),
    '',
    files.length === 0
      ? 'No file would be written: the hook is there already.'
      : 'Files that would be written:',
    ...files.map(fileDiff),
  ];
}

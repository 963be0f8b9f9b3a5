import type { TemplateVersion } from '../model/template';

/** By the rules below, from the figures of the change; no forecast. */
export interface Risk {
  readonly level: 'low' | 'medium' | 'high';
  /** Sentences, the gravest first; empty for `low`. */
  readonly reasons: readonly string[];
}

interface Facts {
  readonly changes: readonly {
    readonly path: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly linesAdded: number;
    readonly linesRemoved: number;
    readonly similarity: number;
    readonly unchanged: boolean;
  }[];
  readonly incoming: readonly TemplateVersion[];
  readonly comeBack: number;
}

/** High: a test rejected what comes in, or less than half of a file's lines stay. Medium: untested or undecided, large, or patterns may come back. */
export function riskOf(kind: 'deploy' | 'rollback', { changes, incoming, comeBack }: Facts): Risk {
  const written = changes.filter((change) => !change.unchanged);
  const high: string[] = [];
  const medium: string[] = [];
  for (const { version, validation } of incoming) {
    if (validation?.verdict === 'reject')
      high.push(`A test rejected the edit in ${version} (${validation.tier} tier).`);
  }
  for (const { path, from, to, similarity } of written) {
    const percent = Math.round(similarity * 100);
    if (to === null) high.push(`${path} goes.`);
    else if (from !== null && similarity < 0.5) high.push(`Only ${percent}% of ${path}'s lines stay.`);
    else if (from !== null && similarity < 0.8) medium.push(`${percent}% of ${path}'s lines stay.`);
  }
  if (kind === 'deploy') {
    const untested = incoming.filter((version) => version.origin === 'improvement' && !version.validation);
    for (const { version } of untested) medium.push(`The edit in ${version} was not tested.`);
    const open = incoming.filter((version) => version.validation?.verdict === 'inconclusive');
    for (const { version } of open) medium.push(`The test of the edit in ${version} is inconclusive.`);
  }
  if (comeBack > 0) medium.push(`${comeBack} addressed pattern${comeBack === 1 ? '' : 's'} may come back.`);
  if (written.length > 1) medium.push(`${written.length} files are written at once.`);
  const level = high.length > 0 ? 'high' : medium.length > 0 ? 'medium' : 'low';
  return { level, reasons: [...high, ...medium] };
}

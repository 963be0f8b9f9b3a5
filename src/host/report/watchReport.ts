import * as vscode from 'vscode';
import { dataFolder } from '../ids';
import type { RecordChanges } from '../recordChanges';
import type { ReportPart } from './reportView';

/** A run writes thousands of records; one reading after the last of them is enough. */
const quietMilliseconds = 400;

/** Folders of records below the data folder, and the parts of the report that rest on them; the first that fits counts. */
const parts: readonly (readonly [string, readonly ReportPart[]])[] = [
  ['training/corrections/', ['counts', 'experiments', 'monitoring']],
  ['training/exposures/', ['experiments']],
  ['training/', ['counts', 'experiments']],
  ['pattern_analysis/clusters/', ['map']],
  ['pattern_analysis/', ['patterns']],
  ['prompt_improvement/patterns/', ['patterns', 'experiments']],
  ['prompt_improvement/improvements/', ['improvements']],
  ['prompt_validation/reports/', ['improvements', 'monitoring']],
  ['improvement_pipeline/experiments/', ['experiments']],
  ['improvement_pipeline/', ['monitoring']],
  ['template_management/deployments/', ['monitoring']],
  ['template_management/templates/', ['monitoring']],
  ['audit/', ['monitoring']],
];

/** Tells which parts of the report rest on records that changed, whoever wrote them. */
export function watchReport(
  changes: RecordChanges,
  onChange: (changed: readonly ReportPart[]) => void,
): vscode.Disposable {
  const changed = new Set<ReportPart>();
  let timer: NodeJS.Timeout | undefined;
  const note = ({ path }: vscode.Uri): void => {
    if (!/\.jsonl?$/.test(path)) return;
    const below = path.slice(path.indexOf(`/${dataFolder}/`) + dataFolder.length + 2);
    const found = parts.find(([folder]) => below.startsWith(folder));
    if (!found) return;
    for (const part of found[1]) changed.add(part);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const told = [...changed];
      changed.clear();
      onChange(told);
    }, quietMilliseconds);
  };
  return vscode.Disposable.from(changes.onDidChange(note), { dispose: () => clearTimeout(timer) });
}

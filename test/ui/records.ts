import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Execution } from '../../src/core/model/execution';
import type { Hunk, Improvement } from '../../src/core/model/improvement';
import type { Deployment, Template, TemplateVersion } from '../../src/core/model/template';

/** The extension's records as they lie on disk, read without any of its code. */
export interface Records {
  improvements(): readonly Improvement[];
  improvement(id: string): Improvement;
  deployments(): readonly Deployment[];
  /** None before the first run. */
  executions(): readonly Execution[];
  template(id: string): Template;
  version(templateId: string, version: string): TemplateVersion;
}

export function recordsOf(folder: string): Records {
  const read = <T>(place: string): readonly T[] => {
    const directory = path.join(folder, '.claude-pm', place);
    return readdirSync(directory)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => JSON.parse(readFileSync(path.join(directory, name), 'utf8')));
  };
  const improvements = () => read<Improvement>('prompt_improvement/improvements');
  return {
    improvements,
    improvement: (id) => one(improvements(), id, ({ improvementId }) => improvementId === id),
    deployments: () => read<Deployment>('template_management/deployments'),
    executions: () => {
      const place = 'improvement_pipeline/executions';
      return existsSync(path.join(folder, '.claude-pm', place)) ? read<Execution>(place) : [];
    },
    template: (id) =>
      one(read<Template>('template_management/templates'), id, ({ templateId }) => templateId === id),
    version: (templateId, version) =>
      one(
        read<TemplateVersion>('template_management/versions'),
        `${templateId}@${version}`,
        (record) => record.templateId === templateId && record.version === version,
      ),
  };
}

function one<T>(records: readonly T[], id: string, fits: (record: T) => boolean): T {
  const found = records.find(fits);
  if (!found) throw new Error(`There is no record ${id}.`);
  return found;
}

/** What a file must hold once these hunks are in it: the lines `before` at `startLine` give way to `after`. */
export function withHunks(base: Buffer, hunks: readonly Hunk[]): Buffer {
  const lines = base.toString('utf8').split(/(?<=\n)/);
  // From the bottom up, so that the line numbers above stay true; of two in one place the later goes in first.
  for (const hunk of hunks.toReversed().sort((a, b) => b.startLine - a.startLine)) {
    const replaced = hunk.before === '' ? 0 : hunk.before.split(/(?<=\n)/).length;
    lines.splice(hunk.startLine, replaced, hunk.after);
  }
  return Buffer.from(lines.join(''), 'utf8');
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

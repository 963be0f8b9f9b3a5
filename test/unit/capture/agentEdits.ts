import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { structuredPatch } from 'diff';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { configurationSchema } from '../../../src/core/model/configuration';
import type { FileHistory } from '../../../src/core/ports';
import { encodedProject } from '../../../src/node/sources/claudeCodePlace';
import { correctionSources } from '../../../src/node/sources/registry';
import { memoryPorts } from '../support/memoryPorts';
import { assistant, line, result, toolUse } from './transcriptLines';

type Json = Readonly<Record<string, unknown>>;

/** An agent's change of a file in the minute `number`, as Claude Code writes it; `before` null makes a new file. */
export function agentWrote(
  number: number,
  filePath: string,
  before: string | null,
  after: string,
  more: Json = {},
): readonly Json[] {
  const id = `toolu_${number}`;
  const patch = before === null ? [] : structuredPatch('a', 'b', before, after, '', '', { context: 3 }).hunks;
  const lines = patch.map((hunk) => ({
    ...hunk,
    lines: hunk.lines.filter((text) => !text.startsWith('\\')),
  }));
  const name = before === null ? 'Write' : 'Edit';
  const input = { file_path: filePath, ...(before === null ? { content: after } : { new_string: after }) };
  return [
    { ...assistant(number, toolUse(id, name, input)), ...more },
    {
      ...line('user', number, { message: { role: 'user', content: [result(id, 'done')] } }),
      uuid: `r${number}`,
      toolUseResult: { filePath, structuredPatch: lines },
      ...more,
    },
  ];
}

/** A workspace with transcripts, imported with everything in memory but its files' history. */
export function captureIn(
  root: string,
  home: string,
  fileHistory: FileHistory,
  now?: string,
  configuration = {},
) {
  const ports = { ...memoryPorts(now === undefined ? {} : { now }), fileHistory };
  const sources = correctionSources(root, {}, home);
  const open = () => new CorrectionCapture(ports, configurationSchema.parse(configuration), sources);
  const write = (name: string, lines: readonly Json[]): string => {
    const file = join(home, '.claude', 'projects', encodedProject(root), `${name}.jsonl`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, lines.map((each) => `${JSON.stringify({ cwd: root, ...each })}\n`).join(''));
    return file;
  };
  const stored = async () => {
    const { records } = await ports.store.readLog('corrections');
    return records.filter(({ signal }) => signal === 'post-edit');
  };
  return { ports, open, write, stored };
}

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { copySample } from '../support/sampleWorkspace';

const cli = buildCli();

/** Words the first correction it is shown as a rule, in the form that it was asked for. No model: a stand-in for one. */
const program = `let text = '';
for await (const chunk of process.stdin) text += chunk;
const [, data] = text.split(/\\nDATA-[0-9a-f]{24}\\n/);
const { corrections } = JSON.parse(data);
const rule = 'Always ' + corrections[0].text.split(/[.!?;\\n]/)[0].split(' ').slice(0, 20).join(' ');
console.log(JSON.stringify({ reflection: 'r', candidates: [{ rule, why: 'w', usesCorrections: corrections.map((c) => c.name) }] }));`;

function standIn(source = program): string {
  const file = join(mkdtempSync(join(tmpdir(), 'model-')), 'model.mjs');
  writeFileSync(file, source);
  return `command:"${process.execPath}" "${file}"`;
}

interface Answer {
  readonly improvements: readonly {
    readonly hunks: readonly { readonly writer?: { readonly kind: string; readonly model?: string } }[];
  }[];
  readonly model?: {
    readonly answered: number;
    readonly offline: number;
    readonly spending: { calls: number };
  };
}

function improve(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = cli(folder, ['improve', '--json', ...args]);
  expect(stderr).not.toContain('UNEXPECTED');
  const answer: Answer = status === 0 ? JSON.parse(stdout) : { improvements: [] };
  const kinds = answer.improvements.flatMap(({ hunks }) => hunks.map(({ writer }) => writer?.kind));
  return { status, stderr, answer, kinds };
}

function importedSample(): string {
  const folder = copySample();
  expect(cli(folder, ['import']).status).toBe(0);
  return folder;
}

describe('a model on the command line', () => {
  it('words rules; estimate and cap are told before, what it took after', () => {
    const { stderr, answer, kinds } = improve(importedSample(), '--model', standIn());
    expect(stderr).toMatch(/Ask command:[\s\S]*about \d+ rules?: about [\d,]+ tokens;[\s\S]*200,000 tokens/);
    expect(stderr).toMatch(/answered for \d+ rules?/);
    expect(answer.model?.answered).toBeGreaterThan(0);
    expect(kinds).toContain('model');
  });

  it('uses no more tokens than it is told', () => {
    const { answer, kinds, stderr } = improve(importedSample(), '--model', standIn(), '--max-tokens', '1');
    expect(answer.model).toMatchObject({ answered: 0, spending: { calls: 0 } });
    expect(stderr).toContain('cap of 1 tokens');
    expect(new Set(kinds)).toEqual(new Set(['offline']));
  });

  it('leaves all to the offline writer when it fails, and says so', () => {
    const failing = improve(importedSample(), '--model', standIn('process.exit(1)'));
    expect(failing.status).toBe(0);
    expect(failing.stderr).toContain('written offline');
    expect(failing.kinds.length).toBeGreaterThan(0);
    expect(new Set(failing.kinds)).toEqual(new Set(['offline']));
  });

  it.each([['nonsense'], ['unknown:x'], ['anthropic:']])(
    'is refused before anything runs when it is %s',
    (model) => {
      const { status, stderr } = improve(importedSample(), '--model', model);
      expect(status).toBe(1);
      expect(stderr).toContain('INVALID_CONFIGURATION');
    },
  );

  it('serves a whole run, as a stage of its own', () => {
    const { status, stdout, stderr } = cli(copySample(), ['run', '--json', '--model', standIn()]);
    expect(stderr).toContain('answered for');
    expect(status).toBe(0);
    const { stages } = JSON.parse(stdout);
    expect(stages).toContainEqual(
      expect.objectContaining({
        stage: 'improve',
        agentType: null,
        status: 'completed',
        counts: expect.objectContaining({ answered: expect.any(Number), tokens: expect.any(Number) }),
      }),
    );
  });
});

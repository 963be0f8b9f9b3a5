import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { copySample, temporaryFolder } from '../support/sampleWorkspace';

let run: ReturnType<typeof buildCli>;
let folder: string;

beforeAll(() => {
  run = buildCli();
  folder = copySample();
  expect(run(folder, ['init', '--json']).status).toBe(0);
});

const json = (...args: readonly string[]) => JSON.parse(run(folder, [...args, '--json']).stdout);

describe('health on the command line', () => {
  it('tells the state of one component, and names the others where it is not known', () => {
    const { status, components } = json('health', '--check', 'store', '--check', 'Disk');
    expect(status).toBe('healthy');
    expect(components.map(({ name }: { name: string }) => name)).toEqual(['Store', 'Disk']);
    const unknown = run(folder, ['health', '--check', 'nope']);
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain('PromptTemplateManager');
  });

  it('ends with 0 whatever it finds, and its alerts are kept, listed and acknowledged', () => {
    appendFileSync(join(folder, 'CLAUDE.md'), '\nBe brief.\n');
    const found = run(folder, ['health']);
    expect(found.status).toBe(0);
    expect(found.stdout).toContain('checked by:');
    const [alert, ...more] = json('alerts').alerts;
    expect(more).toEqual([]);
    expect(alert).toMatchObject({ rule: 'drift', severity: 'warning', path: 'CLAUDE.md', resolvedAt: null });
    expect(json('alerts', 'acknowledge', alert.alertId).alert.acknowledgedAt).toBeDefined();
    expect(run(folder, ['alerts', 'acknowledge', 'al_none']).status).toBe(1);
    expect(run(folder, ['init']).status).toBe(0);
    run(folder, ['health']);
    expect(json('alerts').alerts).toEqual([]);
    expect(json('alerts', '--all').alerts).toMatchObject([
      { alertId: alert.alertId, resolvedAt: expect.any(String) },
    ]);
  });

  it('names file, line and key of a rule that is set wrongly', () => {
    const other = temporaryFolder();
    mkdirSync(join(other, '.claude-pm'));
    writeFileSync(
      join(other, '.claude-pm', 'config.json'),
      '{\n  "alerts": {\n    "rules": { "slowStage": { "factr": 3 } }\n  }\n}\n',
    );
    const { status, stderr } = run(other, ['health']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/config\.json:3:29: alerts\.rules\.slowStage has a key that is not known: factr/);
  });

  it('tells no webhook of the folder’s before it is allowed, and refuses plain http elsewhere', () => {
    writeFileSync(
      join(folder, '.claude-pm', 'config.json'),
      '{"alerts": {"webhook": "https://hook.invalid/x"}}',
    );
    expect(run(folder, ['health']).stderr).toContain('allow-webhook');
    writeFileSync(
      join(folder, '.claude-pm', 'config.json'),
      '{"alerts": {"webhook": "http://hook.invalid/x"}}',
    );
    expect(run(folder, ['alerts', 'allow-webhook']).stderr).toContain('INVALID_CONFIGURATION');
  });
});

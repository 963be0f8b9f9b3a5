import { expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { copySample } from '../support/sampleWorkspace';

const cli = buildCli();

it('lists the accepted rules of a deployed prompt, and makes a version without one', () => {
  const folder = copySample();
  const run = (...args: readonly string[]) => {
    const { status, stdout, stderr } = cli(folder, ['--workspace', folder, ...args], '');
    return { status, stdout, stderr };
  };
  const json = (...args: readonly string[]) => JSON.parse(run(...args, '--json').stdout);
  const [{ improvementId, templateId }] = json('run').improvements;
  expect(run('rules').stdout).toContain('No accepted rule stands in a deployed prompt.');
  run('accept', improvementId, '--finish');
  run('deploy', templateId);
  const { rules } = json('rules', templateId);
  expect(rules.length).toBeGreaterThan(0);
  const [rule] = rules;
  expect(rule).toMatchObject({ improvementId, templateId, state: 'too-early', offer: null });
  expect(rule.sentence).toMatch(/^Too early to tell/);
  expect(run('rules').stdout).toContain(`${rule.path}:${rule.line} `);

  const { version } = json('rules', templateId, '--test-removal', rule.hunkId);
  expect(version).toMatchObject({ status: 'approved', removedHunkIds: [rule.hunkId] });
  const { diff } = json('diff', templateId, version.parentVersion, version.version);
  const lines = diff.split('\n');
  const text: string = rule.text;
  for (const line of text.split('\n').filter((each) => each.trim() !== ''))
    expect(lines).toContain(`-${line}`);

  expect(run('rules', templateId, '--test-removal', 'h_none')).toMatchObject({
    status: expect.any(Number),
    stderr: expect.stringContaining('holds no rule'),
  });
  expect(run('rules', '--test-removal', rule.hunkId).stderr).toContain('Name the template');
  expect(run('rules', 'no-such-prompt').stderr).toContain('There is no template');
}, 120_000);

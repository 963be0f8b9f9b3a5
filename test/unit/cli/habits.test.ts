import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { temporaryFolder } from '../support/sampleWorkspace';

const cli = buildCli();

/** A person with two projects, in which they say the same in other words. The built command line has the folder as its home. */
function person(crossProjectHabits: boolean) {
  const home = temporaryFolder();
  const run = (project: string, args: readonly string[], input = '') => {
    const { status, stdout, stderr } = cli(home, ['--workspace', join(home, project), ...args], input);
    expect([status, stderr.includes('error:')]).toEqual([0, false]);
    return { stdout, stderr };
  };
  const said = {
    shop: ['No, use pnpm here, never npm', 'the button is not where I said'],
    blog: ['please run pnpm instead of npm'],
  };
  for (const [project, texts] of Object.entries(said)) {
    mkdirSync(join(home, project, '.claude-pm'), { recursive: true });
    writeFileSync(join(home, project, '.claude-pm/config.json'), JSON.stringify({ crossProjectHabits }));
    for (const userCorrection of texts) {
      run(project, ['record'], JSON.stringify({ agentType: 'main', userCorrection }));
    }
  }
  return run;
}

describe('habits on the command line', () => {
  it('are listed, and marked on the corrections that belong to one', () => {
    const run = person(true);
    const { habits, allowed, skipped } = JSON.parse(run('shop', ['habits', '--json']).stdout);
    expect({ allowed, skipped }).toEqual({ allowed: true, skipped: [] });
    expect(habits).toMatchObject([
      { title: expect.stringContaining('pnpm'), projects: [{ corrections: 1 }, { corrections: 1 }] },
    ]);
    const { corrections } = JSON.parse(run('shop', ['corrections', '--json']).stdout);
    expect(corrections).toMatchObject([
      { correctionId: habits[0].correctionIds[0], habit: { projects: 2 } },
      { userCorrection: 'the button is not where I said' },
    ]);
    expect(corrections[1]).not.toHaveProperty('habit');
    expect(run('shop', ['habits']).stdout).toMatch(/2 projects .*pnpm[\s\S]*blog: 1, last 20/);
  });

  it('are none while they are off, and it is said how to switch them on', () => {
    const run = person(false);
    expect(JSON.parse(run('shop', ['habits', '--json']).stdout)).toEqual({
      habits: [],
      allowed: false,
      skipped: [],
    });
    expect(run('shop', ['habits'])).toMatchObject({
      stdout: '',
      stderr: expect.stringContaining('crossProjectHabits'),
    });
    const { corrections } = JSON.parse(run('shop', ['corrections', '--json']).stdout);
    expect(corrections).toHaveLength(2);
    expect(JSON.stringify(corrections)).not.toContain('"habit"');
  });
});

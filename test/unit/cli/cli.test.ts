import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from '../support/builtCli';
import { copySample, temporaryFolder } from '../support/sampleWorkspace';

const cli = buildCli();

/** A folder with an empty `.claude-pm/`, which is all that the commands need. */
function emptyWorkspace(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, '.claude-pm'));
  return folder;
}

const answer = (folder: string, ...args: string[]) => {
  const { status, stdout, stderr } = cli(folder, [...args, '--json']);
  expect(stderr).not.toContain('error:');
  expect(status).toBe(0);
  return JSON.parse(stdout);
};

describe('exit status', () => {
  it.each([
    { args: ['templates'], status: 0 },
    { args: ['show', 'i_none'], status: 1 },
    { args: ['history', 'none'], status: 1 },
    { args: ['nonsense'], status: 2 },
    { args: ['show'], status: 2 },
    { args: ['move', 'i_none'], status: 2 },
    { args: ['move', 'i_none', '--hunk', 'h_none'], status: 1 },
    { args: ['corrections', '--signal', 'nonsense'], status: 2 },
    { args: ['rollback', 'claude-md'], status: 2 },
    { args: ['templates', '--now', 'nonsense'], status: 2 },
    { args: ['templates', '--seed', 'x'], status: 2 },
    { args: ['validate'], status: 2 },
    { args: ['run', '--agents', 'nobody'], status: 1 },
    { args: ['run', '--patterns', 'p_none'], status: 1 },
    { args: ['--help'], status: 0 },
    { args: ['--version'], status: 0 },
  ])('is $status for $args', ({ args, status }) => {
    expect(cli(emptyWorkspace(), args).status).toBe(status);
  });

  it('is 1 without a workspace, and says what to do', () => {
    const { status, stderr } = cli(temporaryFolder(), ['templates']);
    expect(status).toBe(1);
    expect(stderr).toMatch(/NOT_FOUND[\s\S]*claude-pm-prompts init/);
  });

  it('is 1 for a broken configuration, naming file, line and column', () => {
    const folder = emptyWorkspace();
    writeFileSync(join(folder, '.claude-pm/config.json'), '{\n  "correctionAnalysisDays": "many"\n}');
    const { status, stderr } = cli(folder, ['templates']);
    expect(status).toBe(1);
    expect(stderr).toContain('config.json:2:29: correctionAnalysisDays must be');
  });
});

describe('moving a hunk from the command line', () => {
  it('lists where it could go, moves it there and back, and touches no file', () => {
    const folder = copySample();
    const original = readFileSync(join(folder, 'CLAUDE.md'));
    answer(folder, 'init');
    answer(folder, 'import');
    const { improvements } = answer(folder, 'improve');
    const id = improvements.find(
      ({ templateId }: { templateId: string }) => templateId === 'claude-md',
    ).improvementId;
    const before = answer(folder, 'show', id).improvement;
    const hunk = before.hunks.find((each: { before: string }) => each.before === '').hunkId;
    const { targets } = answer(folder, 'move', id, '--hunk', hunk);
    expect(targets.map((each: { path: string }) => each.path)).toContain('~/.claude/CLAUDE.md');
    const { to } = answer(folder, 'move', id, '--hunk', hunk, '--to', '.claude/rules/team.md');
    expect(to.hunks).toMatchObject([{ hunkId: hunk, decision: 'pending', scope: { kind: 'project' } }]);
    answer(folder, 'move', to.improvementId, '--hunk', hunk, '--to', 'CLAUDE.md');
    expect(answer(folder, 'show', id).improvement).toEqual(before);
    expect(readFileSync(join(folder, 'CLAUDE.md'))).toEqual(original);
    expect(readdirSync(join(folder, '.claude'))).not.toContain('rules');
  });
});

describe('a review from the command line', () => {
  it('accepts one hunk, rejects the rest, deploys and rolls back byte for byte', () => {
    const folder = copySample();
    const prompt = () => readFileSync(join(folder, 'CLAUDE.md'));
    const original = prompt();
    answer(folder, 'init');
    expect(answer(folder, 'import').corrections.found).toBeGreaterThan(50);
    const { improvements } = answer(folder, 'improve');
    const [improvement] = improvements.filter(({ status }: { status: string }) => status === 'proposed');
    const [first, ...rest] = improvement.hunks;
    expect(first.evidence.length).toBeGreaterThan(0);
    const { version } = answer(folder, 'accept', improvement.improvementId, '--hunk', first.hunkId);
    expect(version.status).toBe(rest.length > 0 ? 'draft' : 'approved');
    if (rest.length > 0) answer(folder, 'reject', improvement.improvementId, '--reason', 'not now');
    expect(prompt()).toEqual(original);

    const { deployment } = answer(folder, 'deploy', 'claude-md');
    expect(deployment).toMatchObject({ fromVersion: '1.0.0', toVersion: '1.1.0', verified: true });
    expect(prompt().toString('utf8')).toContain(first.after.trim());
    expect(answer(folder, 'diff', 'claude-md', '1.0.0', '1.1.0').diff).toContain('+');
    expect(answer(folder, 'rollback', 'claude-md', '--reason', 'it did not help').version.version).toBe(
      '1.0.0',
    );
    expect(prompt()).toEqual(original);
    const kinds = answer(folder, 'history', 'claude-md').events.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['rollback', 'deploy', 'adopt']);
  });

  it('refuses with 3 to overwrite a prompt that changed since', () => {
    const folder = copySample();
    const { improvements } = answer(folder, 'run');
    const [improvement] = improvements.filter(({ status }: { status: string }) => status === 'proposed');
    answer(folder, 'accept', improvement.improvementId);
    writeFileSync(join(folder, 'CLAUDE.md'), '# Mine\n');
    const { status, stderr } = cli(folder, ['deploy', 'claude-md']);
    expect(status).toBe(3);
    expect(stderr).toMatch(/TARGET_CHANGED[\s\S]*CLAUDE\.md/);
    expect(readFileSync(join(folder, 'CLAUDE.md'), 'utf8')).toBe('# Mine\n');
  });
});

describe('untrusted text', () => {
  it('never reaches the terminal as a command to it', () => {
    const folder = emptyWorkspace();
    mkdirSync(join(folder, '.claude/agents'), { recursive: true });
    writeFileSync(join(folder, '.claude/agents/a.md'), '---\nname: "\\e]0;owned\\a\\e[31mred"\n---\nTest.\n');
    const { stdout, stderr } = cli(folder, ['init']);
    expect(stdout).toContain('red');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for what must not be there.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });
});

describe('agents', () => {
  it('are the same in either case', () => {
    const folder = emptyWorkspace();
    mkdirSync(join(folder, '.claude/agents'), { recursive: true });
    writeFileSync(join(folder, '.claude/agents/qa.md'), '---\nname: QA-Bot\n---\n# QA\n\n- Report bugs.\n');
    for (let day = 1; day <= 7; day += 1) {
      const correction = {
        agentType: 'qa-bot',
        sessionId: `s${day}`,
        timestamp: `2026-10-0${day}T10:00:00Z`,
        userCorrection: 'No, always write the test before the code',
      };
      expect(cli(folder, ['record'], JSON.stringify(correction)).status).toBe(0);
    }
    const { improvements } = answer(folder, 'run');
    expect(improvements.flatMap(({ hunks }: { hunks: unknown[] }) => hunks)).toHaveLength(1);
  });
});

describe('looking through another window of days', () => {
  it('stores nothing', () => {
    const folder = copySample();
    answer(folder, 'run');
    const before = answer(folder, 'analyze').patterns.length;
    expect(before).toBeGreaterThan(0);
    expect(answer(folder, 'analyze', '--days', '1').patterns.length).toBeLessThan(before);
    expect(readdirSync(join(folder, '.claude-pm/pattern_analysis/patterns'))).toHaveLength(before);
  });
});

/** What `--json` holds at least, by the command line's contract. */
describe('the answers in JSON', () => {
  const folder = copySample();
  const { improvements } = answer(folder, 'run');
  const { improvementId } = improvements[0];
  const prompt = join(folder, 'CLAUDE.md');

  it.each([
    { args: ['init'], keys: ['templates'] },
    { args: ['import'], keys: ['sessions', 'interactions', 'corrections', 'skipped', 'redactions'] },
    { args: ['corrections'], keys: ['corrections'] },
    { args: ['analyze'], keys: ['corrections', 'patterns', 'anomalies', 'clusters'] },
    { args: ['improve'], keys: ['improvements'] },
    { args: ['validate', improvementId], keys: ['verdict', 'tier', 'report'] },
    { args: ['validate', '--prompt', prompt, '--agent', 'main'], keys: ['verdict', 'tier', 'report'] },
    {
      args: ['compare', '--a', prompt, '--b', prompt],
      keys: [
        'winner',
        'verdict',
        'tier',
        'confidenceLevel',
        'pValue',
        'effect',
        'interval',
        'pairs',
        'requiredPairs',
      ],
    },
    { args: ['show', improvementId], keys: ['improvement'] },
    { args: ['templates'], keys: ['templates'] },
    { args: ['history', 'claude-md'], keys: ['versions'] },
    { args: ['deployments'], keys: ['deployments'] },
    { args: ['deployments', '--dashboard'], keys: ['dashboard'] },
    { args: ['rules'], keys: ['label', 'rules', 'pruned', 'caveats', 'skipped'] },
    { args: ['diff', 'claude-md', '1.0.0', '1.0.0'], keys: ['diff'] },
    { args: ['health'], keys: ['status', 'components', 'alerts'] },
    { args: ['report', '--out', join(folder, 'report.html')], keys: ['path'] },
    {
      args: ['run'],
      keys: [
        'executionId',
        'status',
        'stages',
        'improvementSummary',
        'validationSummary',
        'deploymentSummary',
      ],
    },
  ])('hold $keys for $args', ({ args, keys }) => {
    expect(Object.keys(answer(folder, ...args))).toEqual(expect.arrayContaining(keys));
  });

  it('describe patterns, hunks and corrections as the contract says', () => {
    const [pattern] = answer(folder, 'analyze').patterns;
    expect(Object.keys(pattern)).toEqual(
      expect.arrayContaining([
        'patternId',
        'title',
        'agentType',
        'correctionType',
        'support',
        'severity',
        'impact',
        'confidence',
        'trend',
        'coverage',
        'exemplars',
      ]),
    );
    expect(Object.keys(pattern.trend)).toEqual(
      expect.arrayContaining(['direction', 'slopePerWeek', 'interval', 'pValue']),
    );
    const [improvement] = answer(folder, 'improve').improvements;
    expect(Object.keys(improvement)).toEqual(
      expect.arrayContaining([
        'improvementId',
        'status',
        'templateId',
        'baseVersion',
        'strategy',
        'confidence',
        'hunks',
      ]),
    );
    expect(Object.keys(improvement.hunks[0])).toEqual(
      expect.arrayContaining(['hunkId', 'strategy', 'section', 'before', 'after', 'reason', 'patternIds']),
    );
    const [correction] = answer(folder, 'corrections', '--agent', 'main', '--days', '400').corrections;
    expect(Object.keys(correction)).toEqual(
      expect.arrayContaining([
        'correctionId',
        'agentType',
        'signal',
        'correctionType',
        'severity',
        'timestamp',
        'sessionId',
        'userCorrection',
        'evidence',
      ]),
    );
    expect(correction.evidence).toEqual({ path: expect.any(String), line: expect.any(Number) });
  });
});

describe('commands without a workspace', () => {
  it('computes paired statistics, a compact line for each document', () => {
    const lines = '{"a": [0,0,0,0,0,0,0], "b": [1,1,1,1,1,1,1]}\n{"a": [1,0], "b": [0,1]}\n';
    const { status, stdout } = cli(temporaryFolder(), ['stats', 'paired'], lines);
    expect(status).toBe(0);
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    // Two-sided exact McNemar of 7 to 0: 2 / 2^7.
    expect(first).toMatchObject({ pairs: 7, discordant: { aOnly: 0, bOnly: 7 }, mcnemarExact: 2 / 128 });
    expect(first.eValue).toBeCloseTo(31.875, 10);
    expect(first.verdict).toBe('ship');
    expect(second.verdict).toBe('inconclusive');
  });

  it('analyzes a file and assigns every correction that it read', () => {
    const folder = temporaryFolder();
    const lines = Array.from({ length: 6 }, (_, index) => ({
      correctionId: `c${index}`,
      agentType: 'main',
      sessionId: `s${index}`,
      timestamp: `2026-10-0${index + 1}T10:00:00Z`,
      userCorrection: `No, never commit to the main branch${'!'.repeat(index)}`,
    }));
    writeFileSync(join(folder, 'in.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
    const analysis = answer(folder, 'analyze', '--corrections', 'in.jsonl', '--assignments', 'out.jsonl');
    expect(analysis.patterns).toHaveLength(1);
    expect(analysis.patterns[0].support).toEqual({ corrections: 6, sessions: 6, days: 6 });
    const assigned = readFileSync(join(folder, 'out.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(assigned.map(({ patternId }) => patternId)).toEqual(Array(6).fill(analysis.patterns[0].patternId));
  });

  it('compares two prompts and calls too little data inconclusive', () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.md'), '- Test.\n');
    writeFileSync(join(folder, 'b.md'), '- Test everything.\n');
    expect(answer(folder, 'compare', '--a', 'a.md', '--b', 'b.md')).toMatchObject({
      winner: null,
      verdict: 'inconclusive',
      tier: 'static',
      pairs: 0,
    });
  });
});

describe('the log of changes', () => {
  it('is verified from the command line, which finds what was changed or taken out', () => {
    const folder = emptyWorkspace();
    writeFileSync(join(folder, 'CLAUDE.md'), '# Rules\n\n- Test.\n');
    answer(folder, 'init');
    answer(folder, 'run');
    expect(answer(folder, 'runs').executions).toMatchObject([{ trigger: 'cli', status: 'completed' }]);
    const whole = answer(folder, 'audit', 'verify');
    expect(whole).toMatchObject({ firstBroken: null });
    expect(whole.entries).toBeGreaterThan(1);

    const place = join(folder, '.claude-pm/audit');
    const file = join(place, readdirSync(place).find((name) => name.endsWith('.jsonl')) ?? '');
    const text = readFileSync(file, 'utf8');
    const [first = '', ...others] = text.trimEnd().split('\n');
    writeFileSync(file, `${[first.replace(/"subject":"/, '"subject":"x'), ...others].join('\n')}\n`);
    const changed = cli(folder, ['audit', 'verify', '--json']);
    expect(changed.status).toBe(1);
    expect(JSON.parse(changed.stdout).firstBroken).toBe(JSON.parse(first).entryId);

    writeFileSync(file, `${[first, ...others.slice(1)].join('\n')}\n`);
    expect(cli(folder, ['audit', 'verify']).stdout).toContain('1 of the entries before it is missing');
    writeFileSync(file, `${text}{"cut off`);
    expect(JSON.parse(cli(folder, ['audit', 'verify', '--json']).stdout).firstBroken).toContain('.jsonl:');
  });
});

describe('the audit log', () => {
  it('lists who did what, safely for the terminal, and is checked against a head that was kept', () => {
    const folder = emptyWorkspace();
    const words = JSON.stringify({ agentType: 'qa', userCorrection: 'never mock' });
    const { correctionId } = JSON.parse(cli(folder, ['record', '--json'], words).stdout);
    expect(cli(folder, ['dismiss', correctionId, '--reason', 'no \u001b[31mrule']).status).toBe(0);
    const { entries } = answer(folder, 'audit', 'log', '--subject', correctionId);
    expect(entries.map((entry: { action: string }) => entry.action)).toEqual([
      'correction.recorded',
      'correction.dismissed',
    ]);
    expect(entries[1]).toMatchObject({
      who: { face: 'cli', process: 'command-line dismiss' },
      before: entries[0].after,
      why: 'no \u001b[31mrule',
    });
    const { stdout } = cli(folder, ['audit', 'log', '--action', 'correction.dismissed']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(stdout).not.toContain('\u001b');

    const line = cli(folder, ['audit', 'head']).stdout.trim();
    expect(cli(folder, ['audit', 'verify', '--head', line]).status).toBe(0);
    const place = join(folder, '.claude-pm/audit');
    const file = join(place, readdirSync(place).find((name) => name.endsWith('.jsonl')) ?? '');
    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${first}\n`);
    expect(cli(folder, ['audit', 'verify']).status).toBe(0);
    const cut = cli(folder, ['audit', 'verify', '--head', line]);
    expect(cut.status).toBe(1);
    expect(cut.stdout).toContain('had 2 entries by the head given; now it has 1');
    expect(cli(folder, ['audit', 'verify', '--head', 'nonsense']).status).toBe(2);
  });
});

describe('records from other programs', () => {
  it('keeps a correction given on standard input and says what it filled in', () => {
    const folder = emptyWorkspace();
    const { status, stdout } = cli(
      folder,
      ['record', '--json'],
      '{"agentType": "qa", "userCorrection": "never mock"}',
    );
    expect(status).toBe(0);
    const { correctionId, filledIn } = JSON.parse(stdout);
    expect(filledIn).toContain('severity');
    expect(answer(folder, 'corrections').corrections).toMatchObject([{ correctionId, agentType: 'qa' }]);
  });

  it('accepts options before and after the command', () => {
    const folder = emptyWorkspace();
    const outside = temporaryFolder();
    expect(cli(outside, ['--workspace', folder, '--json', 'templates'])).toMatchObject({ status: 0 });
    expect(cli(outside, ['templates', '--workspace', folder, '--json'])).toMatchObject({ status: 0 });
  });
});

describe('a version record that was cut off', () => {
  it('stops nothing but its own template, and is named', () => {
    const folder = copySample();
    answer(folder, 'init');
    const record = join(folder, '.claude-pm/template_management/versions/claude-md@1.0.0.json');
    writeFileSync(record, '{"half');
    const run = cli(folder, ['run']);
    expect(run.stderr + run.stdout).not.toContain('analyze: failed');
    expect(answer(folder, 'init').skipped[0].path).toContain('claude-md@1.0.0.json');
    expect(answer(folder, 'history', 'claude-md').skipped[0].path).toContain('claude-md@1.0.0.json');
    const { status, alerts } = answer(folder, 'health');
    expect(status).not.toBe('healthy');
    expect(JSON.stringify(alerts)).toContain('claude-md@1.0.0.json:1');
    expect(readFileSync(record, 'utf8')).toBe('{"half');
  });
});

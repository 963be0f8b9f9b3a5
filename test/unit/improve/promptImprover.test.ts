import { describe, expect, it } from 'vitest';
import { improvementText } from '../../../src/cli/improvementText';
import { PipelineError } from '../../../src/core/errors';
import { PromptImprover } from '../../../src/core/improve/promptImprover';
import type { RuleWriter } from '../../../src/core/improve/write/writer';
import { type Configuration, defaultConfiguration } from '../../../src/core/model/configuration';
import type { Correction } from '../../../src/core/model/correction';
import type { Improvement } from '../../../src/core/model/improvement';
import type { Pattern } from '../../../src/core/model/pattern';
import { applyHunks } from '../../../src/core/review/applyHunks';
import { PromptTemplateManager } from '../../../src/core/templates/promptTemplateManager';
import { words } from '../../../src/core/text/words';
import { type MemoryPorts, memoryPorts } from '../support/memoryPorts';

const prompt =
  '---\nname: engineer\n---\n# Engineer\n\n## Workspaces\n\n- Create a session for every task.\n';

function correction(id: string, session: number, text: string, more: Partial<Correction> = {}): Correction {
  return {
    schemaVersion: 1,
    correctionId: id,
    source: 'claude-code',
    signal: 'message',
    agentType: 'engineer',
    sessionId: `s${session}`,
    timestamp: `2026-10-${String(session + 10).padStart(2, '0')}T10:00:00.000Z`,
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: text,
    originalResponse: '',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: `sessions/s${session}.jsonl`, line: 3 },
    redactions: 0,
    ...more,
  };
}

function pattern(id: string, members: readonly Correction[], more: Partial<Pattern> = {}): Pattern {
  const times = members.map((each) => each.timestamp).sort();
  return {
    schemaVersion: 1,
    patternId: id,
    title: members[0]?.userCorrection ?? '',
    agentType: 'engineer',
    correctionType: 'approach_correction',
    severity: 'medium',
    support: {
      corrections: members.length,
      sessions: new Set(members.map((each) => each.sessionId)).size,
      days: times.length,
    },
    impact: 1,
    confidence: 0.95,
    confidenceParts: { recurrence: 0.95, coherence: 1 },
    trend: { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null },
    coverage: { state: 'missing' },
    exemplars: [],
    memberIds: members.map((each) => each.correctionId),
    terms: [...new Set(members.flatMap((each) => words(each.userCorrection)))],
    firstSeen: times[0] ?? '',
    lastSeen: times.at(-1) ?? '',
    ...more,
  };
}

const editing = [
  'never edit files in the main workspace',
  'why did you edit files in the main workspace?',
  'you edited files in the main workspace again',
  'do not edit files in the main workspace, use the session',
  'stop editing files in the main workspace',
  'the newest words: never edit files in the main workspace on Fridays',
].map((text, index) => correction(`c${index}`, index, text));

interface Bench {
  readonly ports: MemoryPorts;
  readonly templates: PromptTemplateManager;
  improve(options?: Parameters<PromptImprover['improve']>[0]): Promise<readonly Improvement[]>;
}

async function bench(
  corrections: readonly Correction[],
  patterns: readonly Pattern[],
  more: { files?: Record<string, string>; configuration?: Partial<Configuration> } = {},
): Promise<Bench> {
  const ports = memoryPorts({ files: more.files ?? { '.claude/agents/engineer.md': prompt } });
  const configuration = { ...defaultConfiguration, ...more.configuration };
  const templates = new PromptTemplateManager(ports, configuration, 'tester');
  await templates.adopt();
  await ports.store.append('corrections', corrections);
  for (const each of patterns) await ports.store.put('patterns', each);
  const improver = new PromptImprover(ports, configuration, templates);
  return { ports, templates, improve: (options = {}) => improver.improve(options) };
}

describe('a pattern above the threshold', () => {
  it('becomes a proposed improvement of one hunk with its reason, its numbers and its evidence', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing)]);
    const [improvement, ...others] = await improve();
    expect(others).toEqual([]);
    expect(improvement).toMatchObject({
      status: 'proposed',
      agentType: 'engineer',
      baseVersion: '1.0.0',
      strategy: 'additive',
      confidenceParts: { evidence: 0.95, clarity: 1 },
      confidence: 0.973,
    });
    const hunk = improvement?.hunks[0];
    expect(hunk).toMatchObject({
      section: 'Engineer > Workspaces',
      startLine: 8,
      before: '',
      after: '- Never edit files in the main workspace.\n',
      patternIds: ['p1'],
      tokenDelta: 10,
      decision: 'pending',
    });
    expect(hunk?.reason).toBe(
      'Corrected 6 times in 6 sessions between 2026-10-10 and 2026-10-15; no instruction covers it, so a line is added ' +
        'under “Workspaces”. The words are from 4 earlier corrections; 2 later ones were kept apart to judge it.',
    );
    expect(hunk?.evidence[0]).toEqual({
      correctionId: 'c0',
      sessionId: 's0',
      excerpt: 'never edit files in the main workspace',
      source: { path: 'sessions/s0.jsonl', line: 3 },
    });
    const draft = await ports.store.get('reviewDrafts', improvement?.improvementId ?? '');
    expect(draft?.text).toBe(applyHunks(prompt, improvement?.hunks ?? []));
    expect(await ports.store.get('patternDecisions', 'p1')).toMatchObject({
      state: 'proposed',
      improvementIds: [improvement?.improvementId],
    });
    expect((await ports.store.list('improvementMetrics')).records).toMatchObject([
      { proposed: 1, tokenDelta: 10 },
    ]);
    expect(ports.audit.entries.map((each) => each.action)).toContain('improvement.proposed');
  });

  it('learns from the older sessions alone: what judges the edit is not quoted by it', async () => {
    const { improve } = await bench(editing, [pattern('p1', editing)]);
    const [improvement] = await improve();
    expect(improvement?.hunks[0]?.evidence.map((each) => each.sessionId)).toEqual(['s0', 's1', 's2', 's3']);
    expect(JSON.stringify(improvement)).not.toContain('Fridays');
  });

  it('waits where all of its sessions are held out, and says so in the log', async () => {
    const late = editing.slice(4);
    const { ports, improve } = await bench(editing, [pattern('p1', late)]);
    expect(await improve()).toEqual([]);
    expect(ports.log.lines.join('\n')).toContain('held out');
  });

  it('gives the same ids for the same input', async () => {
    const ids = async () => {
      const { improve } = await bench(editing, [pattern('p1', editing)]);
      return (await improve()).map((each) => [each.improvementId, each.hunks.map((hunk) => hunk.hunkId)]);
    };
    expect(await ids()).toEqual(await ids());
  });

  it('makes an instruction that was not followed sharper', async () => {
    const base = '# Engineer\n\n- Edit files in the session, never in the main workspace.\n';
    const { improve } = await bench(editing, [pattern('p1', editing)], { files: { 'engineer.md': base } });
    const [improvement] = await improve();
    expect(improvement).toMatchObject({ status: 'proposed', strategy: 'replacement' });
    expect(applyHunks(base, improvement?.hunks ?? [])).toBe(
      '# Engineer\n\n- **Edit files in the session, never in the main workspace.**\n',
    );
  });

  it('ties a rule to the kind of file that nearly all corrections are about', async () => {
    const sql = [0, 1, 2, 3].map((index) =>
      correction(`q${index}`, index, 'always ask about a dropped column', {
        tool: { name: 'Edit', file: `db/${index}.sql` },
      }),
    );
    const others = [0, 1, 2, 3].map((index) =>
      correction(`o${index}`, index, 'thanks', { tool: { name: 'Edit', file: `src/${index}.ts` } }),
    );
    const { improve } = await bench([...sql, ...others], [pattern('p1', sql)]);
    const [improvement] = await improve();
    expect(improvement?.strategy).toBe('contextual');
    expect(improvement?.hunks[0]?.after).toContain(
      '- When working on .sql files, always ask about a dropped column.\n',
    );
  });

  it('joins two patterns that say the same in one hunk', async () => {
    const first = editing.slice(0, 3);
    const second = [1, 2, 3].map((index) =>
      correction(`d${index}`, index, 'never edit files in the main workspace!'),
    );
    const both = [...editing, ...second];
    const { improve } = await bench(both, [pattern('p1', first), pattern('p2', second, { confidence: 0.9 })]);
    const [improvement] = await improve();
    expect(improvement?.hunks.map((hunk) => hunk.patternIds)).toEqual([['p1', 'p2']]);
  });
});

describe('a draft', () => {
  it('holds what is below the threshold, and leaves no decision about the pattern', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing, { confidence: 0.6 })]);
    expect((await improve()).map((each) => each.status)).toEqual(['draft']);
    expect(await ports.store.get('patternDecisions', 'p1')).toBeUndefined();
  });

  it('holds a plainly stated standing instruction, and says that it rests on one moment', async () => {
    const once = correction('once', 2, 'from now on always run the linter before committing', {
      standingInstruction: true,
    });
    const { improve } = await bench([once, correction('x', 0, 'hm')], []);
    const [draft] = await improve();
    expect(draft?.status).toBe('draft');
    expect(draft?.hunks[0]?.after).toContain('- Always run the linter before committing.\n');
    expect(draft?.hunks[0]?.reason).toContain('one moment');
    expect(draft?.confidence).toBe(0.67);
  });

  it.each<[string, Partial<Correction>]>([
    ['of an event that is hardly a correction', { likelihood: 0.4 }],
    ['from before the window of days', { timestamp: '2026-08-01T10:00:00.000Z' }],
    ['that no rule can be made of', { userCorrection: 'this registry is yuck' }],
    ['that the prompt holds already', { userCorrection: 'always create a session for every task' }],
  ])('holds no instruction %s', async (_, more) => {
    const once = correction('once', 2, 'always run the linter', { standingInstruction: true, ...more });
    const { improve } = await bench([once, correction('x', 3, 'hm')], []);
    expect(await improve()).toEqual([]);
  });

  it('is made afresh when its pattern has grown past the threshold', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing, { confidence: 0.6 })]);
    const [draft] = await improve();
    await ports.store.put('patterns', pattern('p1', editing));
    expect((await improve()).map((each) => each.status)).toEqual(['proposed']);
    const former = await ports.store.get('improvements', draft?.improvementId ?? '');
    expect(former?.status).toBe('superseded');
  });
});

describe('asking again', () => {
  it('returns what is open and writes nothing', async () => {
    const once = correction('once', 2, 'always run the linter before committing', {
      standingInstruction: true,
    });
    const { ports, improve } = await bench([...editing, once], [pattern('p1', editing)]);
    const first = await improve();
    expect(first.map((each) => each.status)).toEqual(['proposed', 'draft']);
    const before = ports.store.snapshot();
    ports.clock.advance(60_000);
    expect(await improve()).toEqual(first);
    expect(ports.store.snapshot()).toBe(before);
  });

  it.each(['rejected', 'addressed', 'dismissed'] as const)(
    'proposes nothing for a pattern that was %s',
    async (state) => {
      const { ports, improve } = await bench(editing, [pattern('p1', editing)]);
      await ports.store.put('patternDecisions', {
        schemaVersion: 1,
        patternId: 'p1',
        state,
        improvementIds: [],
        decidedAt: '2026-10-20T10:00:00.000Z',
        memberIds: editing.map((each) => each.correctionId),
      });
      expect(await improve()).toEqual([]);
    },
  );

  it('proposes a rejected pattern again after corrections in two new sessions, and says so', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing)]);
    await ports.store.put('patternDecisions', {
      schemaVersion: 1,
      patternId: 'p1',
      state: 'rejected',
      improvementIds: [],
      decidedAt: '2026-10-13T18:00:00.000Z',
      memberIds: ['c0', 'c1', 'c2', 'c3'],
    });
    const [improvement] = await improve();
    expect(improvement?.hunks[0]?.reason).toContain(
      'It was rejected on 2026-10-13; since then it was corrected 2 more times in 2 sessions.',
    );
  });

  it('replaces an open improvement whose prompt has moved on', async () => {
    const { ports, templates, improve } = await bench(editing, [pattern('p1', editing)]);
    const [old] = await improve();
    ports.promptFiles.set('.claude/agents/engineer.md', `${prompt}- Be brief.\n`);
    await templates.adopt();
    const [renewed, ...others] = await improve();
    expect(others).toEqual([]);
    expect(renewed?.improvementId).not.toBe(old?.improvementId);
    expect(renewed?.hunks[0]?.startLine).toBe(9);
    expect(await ports.store.get('improvements', old?.improvementId ?? '')).toMatchObject({
      status: 'superseded',
    });
  });
});

describe('why a hunk was rejected counts', () => {
  const otherWords: RuleWriter = {
    async write() {
      const text = 'Leave the main workspace alone and edit in the session.';
      return [{ text, clarity: 0.9, conditional: false, correctionId: 'c0', writer: { kind: 'offline' } }];
    },
  };

  async function rejected(reason: string) {
    const made = await bench(editing, [pattern('p1', editing)]);
    const [first] = await made.improve();
    if (first === undefined) throw new Error('nothing was proposed');
    const decidedAt = made.ports.clock.now().toISOString();
    await made.ports.store.put('improvements', {
      ...first,
      status: 'rejected',
      hunks: first.hunks.map((hunk) => ({
        ...hunk,
        decision: 'rejected',
        decidedAt,
        decisionReason: reason,
      })),
    });
    await made.ports.store.put('patternDecisions', {
      schemaVersion: 1,
      patternId: 'p1',
      state: 'rejected',
      improvementIds: [first.improvementId],
      decidedAt,
      memberIds: editing.map((each) => each.correctionId),
    });
    return made;
  }

  it('bad-wording: other words are offered once, the same ones never', async () => {
    const { improve } = await rejected('bad-wording: clumsy');
    expect(await improve()).toEqual([]);
    const [again] = await improve({ writers: [otherWords] });
    expect(again?.hunks[0]?.after).toContain('Leave the main workspace alone');
    expect(again?.hunks[0]?.reason).toContain('for its wording; these are other words.');
  });

  it('not-now: it comes back after 14 days', async () => {
    const { ports, improve } = await rejected('not-now');
    ports.clock.advance(13 * 86_400_000);
    expect(await improve()).toEqual([]);
    ports.clock.advance(86_400_000);
    const [again] = await improve();
    expect(again?.hunks[0]?.reason).toContain('as not for then.');
  });

  it.each(['wrong', 'already-covered', 'too-specific', 'something else'])(
    '%s: only new evidence brings it back',
    async (reason) => {
      const { ports, improve } = await rejected(reason);
      ports.clock.advance(60 * 86_400_000);
      expect(await improve({ writers: [otherWords] })).toEqual([]);
    },
  );
});

describe('a rule that is disobeyed again', () => {
  const npm = [0, 1, 2, 3, 4, 5].map((index) =>
    correction(`n${index}`, index, 'never run `npm install`, use pnpm'),
  );
  const covered = (line: number, instruction: string) => ({
    coverage: { state: 'disobeyed' as const, line, instruction, similarity: 1 },
  });

  it('comes with a hook where no wording is left, beside what can be proposed', async () => {
    const text = '# Engineer\n\n- **NEVER run `npm install`, use pnpm.**\n';
    const made = await bench(
      [...npm, ...editing],
      [pattern('p1', npm, covered(3, 'NEVER run npm install, use pnpm.')), pattern('p2', editing)],
      { files: { '.claude/agents/engineer.md': text } },
    );
    const [improvement] = await made.improve();
    expect(improvement?.hunks.flatMap(({ patternIds }) => patternIds)).toEqual(['p2']);
    expect(improvement?.advice).toMatchObject([{ patternId: 'p1', advice: { kind: 'hook' } }]);
    expect(improvement === undefined ? '' : improvementText(improvement)).toContain(
      'draft of .claude/hooks/',
    );
    expect(made.ports.log.lines).toContainEqual(expect.stringMatching(/^warn: .*is not followed/));
  });

  it('brings the hook with the next edit once an accepted one sharpened it', async () => {
    const text = '# Engineer\n\n- Never run `npm install`, use pnpm.\n';
    const made = await bench(npm, [pattern('p1', npm, covered(3, 'Never run npm install, use pnpm.'))], {
      files: { '.claude/agents/engineer.md': text },
    });
    const [first] = await made.improve();
    expect(first?.hunks[0]?.strategy).toBe('replacement');
    expect(first?.hunks[0]?.advice).toBeUndefined();
    if (first === undefined) return;
    await made.ports.store.put('improvements', {
      ...first,
      status: 'accepted',
      hunks: first.hunks.map((hunk) => ({ ...hunk, decision: 'accepted' })),
    });
    const [second] = await made.improve();
    expect(second?.hunks[0]?.advice?.files.map(({ path }) => path)).toContainEqual(
      expect.stringMatching(/^\.claude\/hooks\/.*\.mjs$/),
    );
  });
});

describe('what is asked for', () => {
  const other = [0, 1, 2, 3].map((index) =>
    correction(`n${index}`, index, 'never publish a package by hand'),
  );

  it('is limited to the patterns named', async () => {
    const { improve } = await bench([...editing, ...other], [pattern('p1', editing), pattern('p2', other)]);
    const made = await improve({ patternIds: ['p2'] });
    expect(made.flatMap((each) => each.hunks.flatMap((hunk) => hunk.patternIds))).toEqual(['p2']);
  });

  it('passes over an agent without a prompt with a warning', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing, { agentType: 'nobody' })]);
    expect(await improve()).toEqual([]);
    expect(ports.log.lines).toContainEqual(expect.stringMatching(/^warn: .*nobody/));
  });

  it('stops when it is cancelled, and has written nothing', async () => {
    const { ports, improve } = await bench(editing, [pattern('p1', editing)]);
    const before = ports.store.snapshot();
    await expect(improve({ signal: AbortSignal.abort() })).rejects.toThrow(PipelineError);
    expect(ports.store.snapshot()).toBe(before);
  });
});

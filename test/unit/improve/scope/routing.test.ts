import { describe, expect, it } from 'vitest';
import { PromptImprover } from '../../../../src/core/improve/promptImprover';
import type { MoveContext } from '../../../../src/core/improve/scope/moveContext';
import { type Configuration, defaultConfiguration } from '../../../../src/core/model/configuration';
import type { Correction } from '../../../../src/core/model/correction';
import type { Improvement } from '../../../../src/core/model/improvement';
import type { Pattern } from '../../../../src/core/model/pattern';
import type { HabitIndex } from '../../../../src/core/ports';
import { ImprovementReview } from '../../../../src/core/review/improvementReview';
import { moveHunk } from '../../../../src/core/review/moveHunk';
import { PromptTemplateManager } from '../../../../src/core/templates/promptTemplateManager';
import { words } from '../../../../src/core/text/words';
import { type MemoryPorts, memoryPorts } from '../../support/memoryPorts';

const files = {
  'CLAUDE.md': '# Rules\n\n- Write tests.\n',
  'src/db/CLAUDE.md': '# Database\n\n- Use the migration tool.\n',
  '.claude/agents/engineer.md': '---\nname: engineer\n---\n# Engineer\n\n- Be brief.\n',
};

const saying = [
  'never edit files in the main workspace',
  'do not edit files in the main workspace',
  'you edited files in the main workspace again, never do that',
  'stop editing files in the main workspace',
  'never edit files in the main workspace, as I said',
  'never edit files in the main workspace please',
];

function correction(index: number, more: Partial<Correction> = {}): Correction {
  return {
    schemaVersion: 1,
    correctionId: `c${index}`,
    source: 'claude-code',
    signal: 'message',
    agentType: 'engineer',
    sessionId: `s${index}`,
    timestamp: `2026-10-${String(index + 10)}T10:00:00.000Z`,
    correctionType: 'approach_correction',
    severity: 'medium',
    userCorrection: saying[index] ?? '',
    originalResponse: '',
    likelihood: 0.9,
    standingInstruction: false,
    evidence: { path: `sessions/s${index}.jsonl`, line: 3 },
    redactions: 0,
    ...more,
  };
}

function patternOf(members: readonly Correction[]): Pattern {
  return {
    schemaVersion: 1,
    patternId: 'p1',
    title: saying[0] ?? '',
    agentType: 'engineer',
    correctionType: 'approach_correction',
    severity: 'medium',
    support: { corrections: members.length, sessions: members.length, days: members.length },
    impact: 1,
    confidence: 0.95,
    confidenceParts: { recurrence: 0.95, coherence: 1 },
    trend: { direction: 'unknown', slopePerWeek: null, interval: null, pValue: null },
    coverage: { state: 'missing' },
    exemplars: [],
    memberIds: members.map((each) => each.correctionId),
    terms: words(saying[0] ?? ''),
    firstSeen: members[0]?.timestamp ?? '',
    lastSeen: members.at(-1)?.timestamp ?? '',
  };
}

interface Bench {
  readonly ports: MemoryPorts;
  readonly context: MoveContext;
  improve(): Promise<readonly Improvement[]>;
}

async function bench(
  corrections: readonly Correction[],
  more: Partial<Configuration> = {},
  others: readonly string[] = [],
  extra: Readonly<Record<string, string>> = {},
): Promise<Bench> {
  const ports = memoryPorts({ files: { ...files, ...extra } });
  const configuration = { ...defaultConfiguration, ...more };
  const templates = new PromptTemplateManager(ports, configuration, 'tester');
  await templates.adopt({ personal: 'all' });
  await ports.store.append('corrections', corrections);
  await ports.store.put(
    'patterns',
    patternOf(corrections.filter(({ correctionId }) => /^c[0-5]$/.test(correctionId))),
  );
  const withIndex = { ...ports, habitIndex: indexOf(others) };
  const improver = new PromptImprover(withIndex, configuration, templates);
  return {
    ports,
    context: { ports: withIndex, configuration, templates },
    improve: () => improver.improve({}),
  };
}

/** An index in which these projects say the same. */
function indexOf(projects: readonly string[]): HabitIndex {
  return {
    owner: async () => ({ name: 'here', pathHash: 'a'.repeat(64) }),
    write: async () => [],
    remove: async () => [],
    others: async () => ({
      skipped: [],
      records: projects.flatMap((project, place) =>
        saying.map((text, index) => ({
          schemaVersion: 1 as const,
          project,
          pathHash: String(place + 1).repeat(64),
          correctionId: `${project}-${index}`,
          source: 'claude-code' as const,
          text,
          agentType: 'main',
          timestamp: `2026-09-${String(index + 10)}T10:00:00.000Z`,
        })),
      ),
    }),
  };
}

const all = (more: Partial<Correction> = {}) => saying.map((_, index) => correction(index, more));
const placesOf = (improvements: readonly Improvement[]) =>
  improvements.map(({ templateId, agentType, hunks }) => [templateId, agentType, hunks[0]?.scope?.kind]);

describe('a pattern’s hunk', () => {
  it('goes to the agent’s own prompt, and says so', async () => {
    const improvements = await (await bench(all())).improve();
    expect(placesOf(improvements)).toEqual([['claude-agents-engineer', 'engineer', 'agent']]);
    expect(improvements[0]?.hunks[0]?.scope?.reason).toBe('It was said to the agent engineer alone.');
  });

  it('goes to the folder’s prompt where its files lie there, for the same agent', async () => {
    const members = saying.map((_, index) =>
      correction(index, { tool: { name: 'Edit', file: `src/db/${index}.sql` } }),
    );
    const elsewhere = [6, 7].map((index) =>
      correction(index, { tool: { name: 'Edit', file: 'src/web.ts' } }),
    );
    const improvements = await (await bench([...members, ...elsewhere])).improve();
    expect(placesOf(improvements)).toEqual([['src-db-claude-md', 'engineer', 'folder']]);
  });

  it('is said to recur elsewhere, and moves there only where the personal prompt is managed here', async () => {
    const allowed = { crossProjectHabits: true };
    const suggested = await (await bench(all(), allowed, ['shop', 'site'])).improve();
    expect(placesOf(suggested)).toEqual([['claude-agents-engineer', 'engineer', 'agent']]);
    expect(suggested[0]?.hunks[0]?.scope?.reason).toContain('2 other projects (shop, site)');
    const own = { '~/.claude/CLAUDE.md': '# Mine\n' };
    const personal = await (await bench(all(), allowed, ['shop'], own)).improve();
    expect(placesOf(personal)).toEqual([['claude-claude-md', 'engineer', 'personal']]);
    const forbidden = await (await bench(all(), {}, ['shop'], own)).improve();
    expect(placesOf(forbidden)).toEqual([['claude-agents-engineer', 'engineer', 'agent']]);
  });

  it('is not proposed a second time after it was moved, nor when it was moved as the only one', async () => {
    const made = await bench(all());
    const [first] = await made.improve();
    const hunkId = first?.hunks[0]?.hunkId ?? '';
    const { to } = await moveHunk(made.context, first?.improvementId ?? '', hunkId, { path: 'CLAUDE.md' });
    for (let round = 0; round < 2; round++) {
      const again = await made.improve();
      expect(again.map(({ improvementId }) => improvementId)).toEqual([to.improvementId]);
    }
    expect((await made.ports.store.list('improvements')).records).toHaveLength(2);
  });

  it('goes where the person moved it before, when it recurs after that was accepted', async () => {
    const made = await bench(all());
    const [first] = await made.improve();
    const hunkId = first?.hunks[0]?.hunkId ?? '';
    const { to } = await moveHunk(made.context, first?.improvementId ?? '', hunkId, { path: 'CLAUDE.md' });
    const { ports, configuration, templates } = made.context;
    await new ImprovementReview(ports, configuration, templates).accept(to.improvementId, {});
    expect(await made.improve()).toEqual([]);
    const anew = [10, 11, 12].map((index) => correction(index, { userCorrection: saying[0] ?? '' }));
    await made.ports.store.append('corrections', anew);
    await made.ports.store.put('patterns', patternOf([...all(), ...anew]));
    const again = await made.improve();
    expect(placesOf(again)).toEqual([['claude-md', 'engineer', 'project']]);
    expect(again[0]?.hunks[0]?.scope?.reason).toBe('You moved this rule to CLAUDE.md before.');
  });
});

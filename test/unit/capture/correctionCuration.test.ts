import { describe, expect, it } from 'vitest';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import type { CorrectionSource, SessionTrace } from '../../../src/core/capture/correctionSource';
import { countedCorrections } from '../../../src/core/capture/countedCorrections';
import { configurationSchema } from '../../../src/core/model/configuration';
import { memoryPorts } from '../support/memoryPorts';

const trace = (words: string): SessionTrace => ({
  source: 'claude-code',
  sessionId: 's1',
  thread: '',
  agentType: 'main',
  path: 's1.jsonl',
  startedAt: '2026-10-01T10:00:00.000Z',
  endedAt: '2026-10-01T10:00:00.000Z',
  promptsInForce: [],
  events: [
    { kind: 'agent', text: 'Done.', line: 1, lineId: 'a', at: '2026-10-01T10:00:00.000Z' },
    {
      kind: 'tool-rejected',
      toolUseId: 't',
      reason: words,
      line: 2,
      lineId: 'b',
      at: '2026-10-01T10:00:01.000Z',
    },
  ],
});

/** A source that tells of one rejected tool. */
const source: CorrectionSource = {
  name: 'claude-code',
  locate: async () => ({ files: ['s1.jsonl'], skipped: [] }),
  watched: async () => [],
  open: async () => ({
    news: 'whole',
    pieces: async function* () {
      yield { traces: [trace('use pnpm')], skipped: [], unknownTypes: {} };
    },
    point: () => undefined,
  }),
};

async function imported(configuration: object = {}) {
  const ports = memoryPorts();
  const capture = new CorrectionCapture(ports, configurationSchema.parse(configuration), [source]);
  await capture.import({});
  const [correction] = (await capture.list({})).records;
  return { ports, capture, id: correction?.correctionId ?? '' };
}

describe('a stored correction', () => {
  it('can be changed, and an import does not change it back', async () => {
    const { capture, id } = await imported();
    await capture.curation.edit(id, { severity: 'critical', userCorrection: 'always use pnpm' });
    await capture.import({});
    expect((await capture.list({})).records).toMatchObject([
      {
        severity: 'critical',
        userCorrection: 'always use pnpm',
        edited: { fields: ['severity', 'userCorrection'] },
      },
    ]);
  });

  it('counts no more once it is dismissed, and again when that is taken back', async () => {
    const { capture, ports, id } = await imported();
    await capture.curation.dismiss(id, 'a question');
    expect((await countedCorrections(ports.store)).records).toEqual([]);
    expect((await capture.list({})).records).toMatchObject([
      { edited: { dismissed: true, reason: 'a question' } },
    ]);
    await capture.curation.restore(id);
    expect((await countedCorrections(ports.store)).records).toHaveLength(1);
  });

  it('is refused by its id when there is none', async () => {
    const { capture } = await imported();
    for (const change of [capture.curation.dismiss('c_none'), capture.curation.forget({ id: 'c_none' })]) {
      await expect(change).rejects.toMatchObject({ code: 'NOT_FOUND', subject: 'c_none' });
    }
  });
});

describe('a forgotten correction', () => {
  it.each([
    ['its id', (id: string) => ({ id })],
    ['its session', () => ({ sessionId: 's1' })],
    ['its age', () => ({ before: new Date('2026-10-02T00:00:00Z') })],
  ])('is gone by %s, with its words, and does not come back', async (_by, request) => {
    const { capture, ports, id } = await imported();
    expect(await capture.curation.forget(request(id))).toEqual({ correctionIds: [id] });
    expect(ports.store.snapshot()).not.toContain('pnpm');
    const again = await capture.import({});
    expect(again.corrections).toMatchObject({ found: 0, new: 0 });
    expect((await capture.list({})).records).toEqual([]);
    expect(ports.store.snapshot()).not.toContain('pnpm');
  });

  it('goes by itself when it is older than what is kept', async () => {
    const { capture } = await imported({ correctionRetentionDays: 60 });
    expect((await capture.list({})).records).toHaveLength(1);
    capture.ports.clock.now = () => new Date('2027-01-01T00:00:00Z');
    expect((await capture.import({})).corrections.found).toBe(0);
    expect((await capture.list({})).records).toEqual([]);
  });

  it('is not quoted by patterns, clusters, scenarios and evidence any more', async () => {
    const { capture, ports, id } = await imported();
    await ports.store.put('clusters', {
      schemaVersion: 1,
      clusterId: 'k1',
      agentType: 'main',
      title: 'Use pnpm',
      memberIds: [id],
      sessions: 1,
      coherence: 1,
      confidence: 0.1,
      patternId: null,
    });
    await capture.curation.forget({ id });
    expect((await ports.store.list('clusters')).records).toEqual([]);
  });
});

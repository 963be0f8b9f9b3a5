import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { promptOfTwin, twinsOf, withTwins } from '../../../src/core/capture/twins';
import { configurationSchema } from '../../../src/core/model/configuration';
import type { Experiment } from '../../../src/core/model/experiment';
import { correctionSources } from '../../../src/node/sources/registry';
import { experiment } from '../canary/experimentSamples';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { assistant, interrupt, result, text, toolUse, user } from './transcriptLines';

const ended: Experiment = experiment({
  status: 'rolled-back',
  startedAt: '2026-03-02T09:00:00.000Z',
  end: {
    at: '2026-03-02T23:00:00.000Z',
    cause: 'harm',
    automatic: true,
    reason: 'worse',
    inputs: {},
  },
});

/** A session that delegates to `agent`, whom the person corrects by a message and by a stop in its own transcript. */
async function imported(agent: string, experiments: readonly Experiment[], agentNames = {}) {
  const folder = temporaryFolder();
  const ports = memoryPorts();
  for (const one of experiments) await ports.store.put('experiments', one);
  const transcripts = join(folder, 'transcripts');
  mkdirSync(join(transcripts, 's1/subagents'), { recursive: true });
  const write = (name: string, lines: readonly object[]) =>
    writeFileSync(join(transcripts, name), lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
  write('s1.jsonl', [
    user(0, 'check it'),
    assistant(1, toolUse('t1', 'Agent', { subagent_type: agent, prompt: 'Check.' })),
    user(2, [result('t1', 'All is well.')]),
    user(3, 'No, that is wrong: never say so before you ran the tests.'),
    assistant(4, text('You are right, I run them first.')),
  ]);
  write('s1/subagents/agent-a1.jsonl', [
    user(10, 'Check.', { isSidechain: true, agentId: 'a1' }),
    { ...assistant(11, text('I look at it.')), isSidechain: true, agentId: 'a1' },
    user(12, interrupt, { isSidechain: true, agentId: 'a1' }),
  ]);
  writeFileSync(join(transcripts, 's1/subagents/agent-a1.meta.json'), JSON.stringify({ agentType: agent }));
  const capture = new CorrectionCapture(
    ports,
    configurationSchema.parse({ agentNames }),
    correctionSources(folder, {}, join(folder, 'no-home')),
  );
  await capture.import({ path: transcripts });
  const [session] = (await ports.store.readLog('sessions')).records;
  return { capture, session, corrections: (await capture.list({})).records };
}

describe('an agent that works under the name of a twin', () => {
  it('is its original in corrections, human turns and usage, also when the experiment has ended', async () => {
    const { session, corrections } = await imported('QA-canary', [ended]);
    expect(corrections.map(({ signal, agentType }) => [signal, agentType])).toEqual([
      ['message', 'qa'],
      ['interrupted', 'qa'],
    ]);
    expect(session?.interactions).toMatchObject({ main: 1, qa: 1 });
    expect(Object.keys(session?.usage ?? {})).toEqual(['main', 'qa']);
    expect(session?.usage?.['qa']).toMatchObject({ turns: 1, interruptions: 1 });
  });

  it('obeyed the candidate', async () => {
    const { corrections } = await imported('qa-canary', [ended]);
    expect(corrections.map(({ promptInForce }) => promptInForce)).toEqual(
      corrections.map(() => ({
        path: '.claude/agents/qa-canary.md',
        contentHash: 'b'.repeat(64),
        templateId: 'claude-agents-qa',
        version: '1.1.0',
        basis: 'hook',
      })),
    );
  });

  it('is an agent of its own where no experiment says otherwise, whatever its name ends in', async () => {
    const { session, corrections } = await imported('qa-canary', []);
    expect(corrections.every(({ agentType }) => agentType === 'qa-canary')).toBe(true);
    expect(session?.interactions).toMatchObject({ 'qa-canary': 1 });
    const other = await imported('ops-canary', [ended]);
    expect(other.corrections.every(({ agentType }) => agentType === 'ops-canary')).toBe(true);
  });

  it('bears the name that the person maps its original to', async () => {
    const { corrections } = await imported('qa-canary', [ended], { qa: 'Quality', 'qa-canary': 'Else' });
    expect(corrections.every(({ agentType }) => agentType === 'Quality')).toBe(true);
  });

  it('is its original in what is recorded by hand', async () => {
    const { capture } = await imported('qa-canary', [ended]);
    const input = { agentType: 'qa-canary', userCorrection: 'Run the tests.', originalResponse: 'Done.' };
    expect((await capture.record(input)).correction.agentType).toBe('qa');
  });
});

describe('the twins of experiments', () => {
  it('are those of agents with a file of their own', () => {
    expect(twinsOf([experiment({ twin: null, mode: 'instructions' })])).toEqual([]);
    const names = { qa: 'Quality' };
    expect(withTwins(names, [])).toBe(names);
  });

  it('obeyed the candidate of the latest experiment that had begun', () => {
    const later = experiment({
      experimentId: 'e2',
      startedAt: '2026-04-01T00:00:00.000Z',
      candidate: { version: '1.2.0', contentHash: 'c'.repeat(64) },
    });
    const twins = twinsOf([ended, later]);
    const versionAt = (time: string) => promptOfTwin(twins, 'qa-canary', time)?.version;
    expect(versionAt('2026-03-01T00:00:00.000Z')).toBeUndefined();
    expect(versionAt('2026-03-03T00:00:00.000Z')).toBe('1.1.0');
    expect(versionAt('2026-04-02T00:00:00.000Z')).toBe('1.2.0');
  });
});

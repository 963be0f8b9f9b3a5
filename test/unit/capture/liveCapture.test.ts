import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import type { ImportSummary } from '../../../src/core/capture/correctionCapture';
import type { CorrectionSource } from '../../../src/core/capture/correctionSource';
import { LiveCapture } from '../../../src/node/liveCapture';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { interrupt, user } from './transcriptLines';

const lineOf = (value: unknown) => `${JSON.stringify(value)}\n`;

async function watching() {
  const root = temporaryFolder();
  mkdirSync(join(root, '.claude-pm'));
  const workspace = await openWorkspace(root, {
    log: nullLog,
    overrides: { sources: { 'claude-code': { enabled: true, path: 'sessions' } } },
  });
  const seen: ImportSummary[] = [];
  let told: () => unknown = () => undefined;
  const live = workspace.liveCapture((summary) => {
    seen.push(summary);
    told();
  });
  await live.start();
  const next = () =>
    new Promise<void>((resolve) => {
      told = resolve;
    });
  const stop = async () => {
    await live.stop();
    await workspace.close();
  };
  return { root, workspace, seen, next, stop };
}

it('tells of an appended line within two seconds, also in a folder that was not there', async () => {
  const { root, workspace, seen, next, stop } = await watching();
  mkdirSync(join(root, 'sessions'));
  const first = next();
  writeFileSync(join(root, 'sessions', 's1.jsonl'), lineOf(user(1, 'go')));
  await first;
  const second = next();
  const begin = performance.now();
  appendFileSync(join(root, 'sessions', 's1.jsonl'), lineOf(user(2, interrupt)));
  await second;
  expect(performance.now() - begin).toBeLessThan(2000);
  expect(seen.at(-1)?.corrections).toMatchObject({ found: 1, new: 1 });
  expect((await workspace.capture.list({})).records).toMatchObject([{ signal: 'interrupted' }]);
  await stop();
});

it('follows a transcript elsewhere that a hook told of', async () => {
  const { root, seen, next, stop } = await watching();
  const transcript = join(temporaryFolder(), 's2.jsonl');
  writeFileSync(transcript, lineOf(user(1, 'go')) + lineOf(user(2, interrupt)));
  const { noteHookEvent } = await import('../../../src/hook/hookEvent');
  const told = next();
  const payload = { session_id: 's2', transcript_path: transcript, cwd: root, hook_event_name: 'Stop' };
  noteHookEvent(JSON.stringify(payload), new Date(), root);
  await told;
  expect(seen.length).toBeGreaterThan(0);
  await stop();
});

it('misses nothing that is appended right after a change, of which the watcher does not tell', async () => {
  const root = temporaryFolder();
  const log = join(root, 'sessions', 's3.jsonl');
  mkdirSync(join(root, 'sessions'));
  mkdirSync(join(root, '.claude-pm'));
  writeFileSync(log, lineOf(user(0, 'go')));
  const read = new Map<string, number>();
  const live = new LiveCapture({
    capture: {
      import: async () => {
        read.set('lines', readFileSync(log, 'utf8').split('\n').length - 1);
        return {} as ImportSummary;
      },
    },
    sources: [{ watched: async () => [join(root, 'sessions')] }] as unknown as readonly CorrectionSource[],
    configuration: { sources: {} },
    log: nullLog,
    markers: join(root, 'markers'),
  });
  await live.start();
  let lines = 1;
  // Steps that fall at every place within the time between two readings.
  for (let step = 0; step < 120; step += 1) {
    appendFileSync(log, lineOf(user(step, 'x')));
    lines += 1;
    await new Promise((resolve) => setTimeout(resolve, (step * 7) % 61));
    if (step % 10 === 9) await vi.waitFor(() => expect(read.get('lines')).toBe(lines), 2000);
  }
  await live.stop();
});

import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClaudeCodeReader } from '../../../src/core/capture/claudeCode/claudeCode';
import { CorrectionCapture } from '../../../src/core/capture/correctionCapture';
import { SessionWalk } from '../../../src/core/capture/sessionWalk';
import { linesOf } from '../../../src/core/capture/transcriptLines';
import { configurationSchema } from '../../../src/core/model/configuration';
import type { Correction } from '../../../src/core/model/correction';
import { correctionSources } from '../../../src/node/sources/registry';
import { nodeHash } from '../../../src/node/systemPorts';
import { memoryPorts } from '../support/memoryPorts';
import { temporaryFolder } from '../support/sampleWorkspace';
import { file } from './transcriptLines';

const fixture = join(import.meta.dirname, '../../fixtures/capture/claude-code/5e550001.jsonl');
const bytes = readFileSync(fixture);

function importer(folder: string, ports = memoryPorts()) {
  const open = () =>
    new CorrectionCapture(
      ports,
      configurationSchema.parse({}),
      correctionSources(folder, {}, join(folder, 'no-home')),
    );
  return { ports, open };
}

async function wholeImport(content: Buffer): Promise<readonly Correction[]> {
  const folder = temporaryFolder();
  const place = join(folder, basename(fixture));
  writeFileSync(place, content);
  utimesSync(place, 1, 1);
  const capture = importer(folder).open();
  await capture.import({ path: place });
  return (await capture.list({})).records;
}

describe('a transcript read in pieces', () => {
  it('tells the same as one that is read as a whole, wherever it is cut, after a restart too', async () => {
    const whole = await wholeImport(bytes);
    expect(whole.length).toBeGreaterThan(4);
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: bytes.length - 1 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const folder = temporaryFolder();
        const place = join(folder, basename(fixture));
        const { open } = importer(folder);
        let from = 0;
        for (const cut of [...at.sort((a, b) => a - b), bytes.length]) {
          appendFileSync(place, bytes.subarray(from, cut));
          utimesSync(place, 1, 1);
          // A new component each time: nothing is remembered but what stands in the cache.
          await open().import({ path: place });
          from = cut;
        }
        expect((await open().list({})).records).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });

  it('reads only what was appended', async () => {
    const folder = temporaryFolder();
    const place = join(folder, basename(fixture));
    writeFileSync(place, bytes);
    const { open, ports } = importer(folder);
    await open().import({ path: place });
    const sources = correctionSources(folder, {}, join(folder, 'no-home'));
    const [source] = sources;
    const [stored] = [...ports.cache.values.values()].map((json) => JSON.parse(json));
    appendFileSync(place, '{"type":"star-map"}\n');
    const transcript = await source?.open(place, stored.point);
    expect(transcript?.news).toBe('more');
    const pieces = [];
    for await (const piece of transcript?.pieces() ?? []) pieces.push(piece);
    expect(pieces).toMatchObject([{ unknownTypes: { 'star-map': 1 }, traces: [] }]);
    expect(transcript?.point()).toMatchObject({ offset: statSync(place).size });
  });

  it('reads a truncated, a replaced and a rotated file again, and loses nothing that was found', async () => {
    const folder = temporaryFolder();
    const place = join(folder, basename(fixture));
    const { open } = importer(folder);
    const whole = await wholeImport(bytes);
    const steps = [
      () => writeFileSync(place, bytes),
      () => writeFileSync(place, bytes.subarray(0, 2000)),
      () => writeFileSync(place, 'x'.repeat(bytes.length)),
      () => {
        renameSync(place, `${place}.1`);
        writeFileSync(place, bytes);
      },
    ];
    for (const step of steps) {
      step();
      utimesSync(place, 1, 1);
      await open().import({ path: place });
      expect((await open().list({})).records).toEqual(whole);
    }
  });

  it('finds the same again when the cache is gone, and when the records are', async () => {
    const folder = temporaryFolder();
    const place = join(folder, basename(fixture));
    writeFileSync(place, bytes);
    const { open, ports } = importer(folder);
    const first = await open().import({ path: place });
    await ports.cache.clear('transcripts');
    expect(await open().import({ path: place })).toEqual({
      ...first,
      corrections: { ...first.corrections, new: 0 },
    });
    const fresh = importer(folder, { ...memoryPorts(), cache: ports.cache });
    expect((await fresh.open().import({ path: place })).corrections.new).toBe(first.corrections.new);
  });

  it('says of a file that has not changed what it said before', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sessions'));
    writeFileSync(join(folder, 'sessions', basename(fixture)), bytes);
    const { open } = importer(folder);
    const first = await open().import({ path: 'sessions' });
    const again = await open().import({ path: 'sessions' });
    expect(again).toEqual({ ...first, corrections: { ...first.corrections, new: 0 } });
  });
});

describe('a last line that is cut off', () => {
  it('is named, and read once it is whole', async () => {
    const folder = temporaryFolder();
    const place = join(folder, 's1.jsonl');
    const line = JSON.stringify({
      type: 'user',
      uuid: 'u1',
      sessionId: 's1',
      message: { role: 'user', content: '[Request interrupted by user]' },
    });
    writeFileSync(place, line.slice(0, 50));
    const { open } = importer(folder);
    expect(await open().import({ path: place })).toMatchObject({
      skipped: [{ line: 1 }],
      corrections: { found: 0 },
    });
    appendFileSync(place, line.slice(50));
    expect(await open().import({ path: place })).toMatchObject({ skipped: [], corrections: { new: 1 } });
    appendFileSync(place, '\n{"type":"summary"}\n{');
    expect(await open().import({ path: place })).toMatchObject({
      skipped: [{ line: 3 }],
      corrections: { found: 1, new: 0 },
    });
  });
});

it('walks and reads on from a memory that went through JSON', () => {
  const lines = linesOf(bytes.toString('utf8'));
  const whole = new ClaudeCodeReader(file(), nodeHash).read(lines);
  const walked = whole.traces.flatMap((trace) => new SessionWalk(trace.agentType).walk(trace.events).drafts);
  let memory: unknown;
  let walkMemory: ReturnType<SessionWalk['memory']> | undefined;
  const drafts = new Map<string, unknown>();
  for (const line of lines) {
    const reader = new ClaudeCodeReader(file(), nodeHash, memory);
    for (const { thread, agentType, events } of reader.read([line]).traces) {
      if (thread !== '') continue;
      const walk = new SessionWalk(agentType, walkMemory);
      for (const draft of walk.walk(events).drafts) {
        drafts.set(`${draft.lineId}/${draft.signal}/${draft.toolUseId}`, draft);
      }
      walkMemory = JSON.parse(JSON.stringify(walk.memory()));
    }
    memory = JSON.parse(JSON.stringify(reader.memory()));
  }
  expect([...drafts.values()]).toEqual(walked.filter(({ agentType }) => agentType !== 'subagent'));
});

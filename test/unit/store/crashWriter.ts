import { createHash } from 'node:crypto';
import { writeSync } from 'node:fs';
import { AuditTrail } from '../../../src/core/audit/auditTrail';
import { openFileStore } from '../../../src/node/fileStore';
import { nodeHash, systemClock } from '../../../src/node/systemPorts';
import { draft, metrics, session } from './samples';

/*
 * A process that writes until it is killed, or `rounds` times. Every line it prints names one write that was
 * acknowledged. Arguments: folder, name, rounds (0: for ever), first round.
 */

const [folder = '', name = '', rounds = '0', first = '0'] = process.argv.slice(2);

/** Text that proves that it is whole. */
function provable(text: string): string {
  return `${text} ${createHash('sha256').update(text).digest('hex')}`;
}

function acknowledge(line: string): void {
  writeSync(1, `${line}\n`);
}

const store = await openFileStore(folder, { clock: systemClock });
const audit = new AuditTrail({ store, clock: systemClock, hash: nodeHash });
acknowledge('ready');
const last = Number(rounds) === 0 ? Number.POSITIVE_INFINITY : Number(first) + Number(rounds);
for (let round = Number(first); round < last; round += 1) {
  const filler = 'x'.repeat(round % 7 === 0 ? 200_000 : 500);
  await store.append('sessions', [session(`${name}-${round}`, provable(filler))]);
  acknowledge(`append ${name}-${round}`);
  await store.put('reviewDrafts', draft(`${name}-${round % 3}`, provable(`${round} ${filler}`)));
  acknowledge(`put ${name}-${round % 3} ${round}`);
  await store.exclusive(async () => {
    const before = await store.get('improvementMetrics', 'counter');
    await store.put('improvementMetrics', metrics('counter', (before?.proposed ?? 0) + 1));
  });
  acknowledge('count');
  const hash = await store.putContent(Buffer.from(`${name} ${round} ${filler}`));
  acknowledge(`content ${hash}`);
  await audit.record('test.written', `${name}-${round}`);
  acknowledge(`audit ${name}-${round}`);
}
await store.close();

import { openWorkspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';

/*
 * A process that takes one step of an experiment and kills itself behind its write number `last`. Arguments: workspace, home, template, step,
 * last.
 */

const [root = '', home = '', templateId = '', step = '', last = '0'] = process.argv.slice(2);
let writes = 0;

/** Every one of these methods counts, and is the process's end when it is the last. */
function counted(port: object, names: readonly string[]): void {
  for (const name of names) {
    const method: unknown = Reflect.get(port, name);
    if (typeof method !== 'function') throw new Error(`there is no ${name}`);
    Reflect.set(port, name, async (...args: unknown[]) => {
      const result: unknown = await Reflect.apply(method, port, args);
      writes += 1;
      if (writes === Number(last)) process.kill(process.pid, 'SIGKILL');
      return result;
    });
  }
}

async function main(): Promise<void> {
  const { canary, ports, close } = await openWorkspace(root, { log: nullLog, home });
  counted(ports.store, ['put', 'remove', 'putContent', 'append']);
  counted(ports.promptFiles, ['replace', 'remove']);
  const running = (await canary.list()).records.find(({ status }) => status === 'running');
  const experimentId = running?.experimentId ?? '';
  if (step === 'start') await canary.start(await canary.plan(templateId));
  else if (step === 'end') await canary.end(experimentId, { cause: 'request', reason: 'x' });
  else await canary.promote(experimentId, { reason: 'x' });
  await close();
}

void main();

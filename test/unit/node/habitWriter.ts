import { defaultConfiguration } from '../../../src/core/model/configuration';
import { openWorkspace } from '../../../src/node/openWorkspace';
import { lineLog } from '../../../src/node/systemPorts';

/** A process of its own that records so many corrections in a project: root, home, name, number. */
const [root = '', home = '', name = '', number = '0'] = process.argv.slice(2);
const workspace = await openWorkspace(root, {
  home,
  log: lineLog((text) => process.stderr.write(text), 'warn'),
  overrides: { ...defaultConfiguration, crossProjectHabits: true },
});
for (let index = 0; index < Number(number); index += 1) {
  await workspace.capture.record({ agentType: 'main', userCorrection: `say ${name} number ${index}` });
}
await workspace.close();

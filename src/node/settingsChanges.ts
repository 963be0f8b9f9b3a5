import { join } from 'node:path';
import type { Configuration } from '../core/model/configuration';
import type { Ports } from '../core/ports';
import { applyHookPlan, type HookPlan } from './captureHook';
import { readConfiguration, writeConfiguration } from './configurationFile';
import { nodeHash } from './systemPorts';

/** Of a workspace what these changes need. */
interface Place {
  readonly root: string;
  readonly ports: Pick<Ports, 'access' | 'audit'>;
}

/**
 * Changes keys of `config.json`, as the role of the person allows, and notes it.
 * @throws PipelineError FORBIDDEN, INVALID_CONFIGURATION, PERMISSION_DENIED, STORAGE_FAILED
 */
export async function changeConfiguration(
  { root, ports }: Place,
  changes: Partial<Configuration>,
): Promise<Configuration> {
  const keys = Object.keys(changes).sort();
  await ports.access?.require(keys.includes('roles') ? 'roles.change' : 'configuration.change');
  const folder = join(root, '.claude-pm');
  const { configuration: before } = await readConfiguration(folder);
  const after = await writeConfiguration(folder, changes);
  await ports.audit.record('configuration.changed', 'config.json', { keys }, { before, after });
  return after;
}

/** Writes the planned settings of the capture hook and notes it. @throws PipelineError as `applyHookPlan`; FORBIDDEN */
export async function changeHookSettings(
  { root, ports }: Place,
  plan: HookPlan,
  action: 'install' | 'remove',
): Promise<void> {
  await ports.access?.require('hook.change');
  await applyHookPlan(root, plan);
  const name = action === 'install' ? 'hook.installed' : 'hook.removed';
  const before = plan.before === undefined ? null : nodeHash.sha256(plan.before);
  await ports.audit.record(name, plan.shown, {}, { before, after: nodeHash.sha256(plan.after) });
}

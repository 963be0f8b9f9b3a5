import type { CorrectionSource } from '../../../src/core/capture/correctionSource';
import { checkHealth, type HealthOptions } from '../../../src/core/health/checkHealth';
import type { HealthProbes } from '../../../src/core/health/healthCheck';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import type { Health, HealthComponent } from '../../../src/core/model/execution';
import type { MemoryPorts } from '../support/memoryPorts';

/** A machine on which all is well. */
export const sound: HealthProbes = {
  diskSpace: async () => ({ free: 50_000_000_000, total: 100_000_000_000 }),
  changedAt: async () => undefined,
  backups: async () => ({ hasKey: false, archives: 0, newest: undefined }),
  unwritable: async () => undefined,
};

export interface Surroundings extends HealthOptions {
  readonly probes?: Partial<HealthProbes>;
  readonly sources?: readonly CorrectionSource[];
}

export function healthOf(
  ports: MemoryPorts,
  { probes, sources = [], ...options }: Surroundings = {},
): Promise<Health> {
  const configuration = defaultConfiguration;
  return checkHealth({ ports, configuration, probes: { ...sound, ...probes }, sources }, options);
}

export async function component(
  name: string,
  ports: MemoryPorts,
  surroundings: Surroundings = {},
): Promise<HealthComponent> {
  const { components } = await healthOf(ports, { ...surroundings, checks: [name] });
  const [found] = components;
  if (found === undefined) throw new Error(`no component ${name}`);
  return found;
}

import { isPipelineError, PipelineError, throwIfAborted } from '../errors';
import type { HealthComponent, HealthStatus } from '../model/execution';
import type { CheckOutcome, HealthCheck, HealthContext, Observation } from './healthCheck';
import { healthChecks } from './registry';

export interface CheckedComponents {
  readonly components: readonly HealthComponent[];
  readonly observations: readonly Observation[];
}

/** Worst first: the system is as well as its worst component. */
const byGravity: readonly HealthStatus[] = ['failing', 'degraded', 'unknown', 'healthy'];

export function worst(components: readonly HealthComponent[]): HealthStatus {
  return byGravity.find((status) => components.some((component) => component.status === status)) ?? 'unknown';
}

/** The checks of these names, in any case; all of them for none. @throws PipelineError NOT_FOUND */
export function checksNamed(names: readonly string[]): readonly HealthCheck[] {
  if (names.length === 0) return healthChecks;
  return names.map((name) => {
    const found = healthChecks.find((check) => check.name.toLowerCase() === name.toLowerCase());
    if (found !== undefined) return found;
    throw new PipelineError('NOT_FOUND', `There is no component "${name}".`, {
      subject: name,
      remedy: `Components: ${healthChecks.map((check) => check.name).join(', ')}.`,
    });
  });
}

/** One that throws is failing and says why; the others go on. */
async function outcomeOf(check: HealthCheck, context: HealthContext): Promise<CheckOutcome> {
  try {
    return await check.run(context);
  } catch (error) {
    if (isPipelineError(error)) {
      if (error.code === 'CANCELLED') throw error;
      return { status: 'failing', detail: `${error.message} ${error.remedy}` };
    }
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { status: 'failing', detail: `The check itself failed: ${text}` };
  }
}

/**
 * Runs checks one after another.
 * @param former components of the last check, which tell since when a status holds
 * @throws PipelineError CANCELLED
 */
export async function runChecks(
  checks: readonly HealthCheck[],
  context: HealthContext,
  former: readonly HealthComponent[],
): Promise<CheckedComponents> {
  const { clock } = context.ports;
  const components: HealthComponent[] = [];
  const observations: Observation[] = [];
  for (const check of checks) {
    throwIfAborted(context.signal, check.name);
    const begin = clock.now();
    const { status, detail, observations: seen = [] } = await outcomeOf(check, context);
    const before = former.find(({ name }) => name === check.name);
    components.push({
      name: check.name,
      status,
      detail,
      checkedBy: check.checkedBy,
      durationMs: Math.max(0, clock.now().getTime() - begin.getTime()),
      since: before?.status === status && before.since !== undefined ? before.since : begin.toISOString(),
    });
    observations.push(...seen);
  }
  return { components, observations };
}

import { isPipelineError } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Observation } from '../model/observation';
import type { Ports } from '../ports';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { livePeriods } from './livePeriods';
import { evidenceOfHarm } from './observationText';

/** What the person is told when the corrections that a deployment was to cure rose. */
export interface ObservedHarm {
  readonly rule: 'observed-harm';
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly remedy: string;
  /** The deployment. */
  readonly subject: string;
}

export interface Answer {
  readonly observation: Observation;
  readonly alert?: ObservedHarm;
}

type HarmPorts = Pick<Ports, 'store' | 'audit' | 'clock' | 'log'>;

/** What the decision rests on, as the audit log keeps it. */
function inputsOf({ templateId, target, before, after, patternIds, test }: Observation) {
  return {
    templateId,
    target,
    version: after.version,
    previousVersion: before.version,
    patternIds,
    alpha: test.alpha,
    eValue: test.maximum,
    crossedAt: test.crossedAt,
    sessionsBefore: test.sessionsUsed.before,
    sessionsWithBefore: test.sessionsWith.before,
    sessionsAfter: test.sessionsUsed.after,
    sessionsWithAfter: test.sessionsWith.after,
  };
}

/**
 * Records once for each deployment that harm was found, and rolls it back where that is switched on and it is live. A rollback that is
 * refused changes nothing and is told of. @throws PipelineError LOCKED, STORAGE_FAILED
 */
export async function answerHarm(
  ports: HarmPorts,
  { autoRollbackEnabled }: Pick<Configuration, 'autoRollbackEnabled'>,
  templates: PromptTemplateManager,
  found: Observation,
): Promise<Answer> {
  if (found.test.state !== 'rose') return { observation: found };
  const { deploymentId, templateId } = found;
  const now = ports.clock.now().toISOString();
  const observation = await ports.store.exclusive(async () => {
    const stored = (await ports.store.get('observations', deploymentId)) ?? found;
    if (stored.harmFoundAt !== undefined) return stored;
    await ports.audit.record('observe.harm-found', deploymentId, inputsOf(found));
    const marked = { ...stored, harmFoundAt: now };
    await ports.store.put('observations', marked);
    return marked;
  });
  const deployments = (await ports.store.list('deployments')).records;
  const live = livePeriods(deployments, templateId).at(-1)?.event.deploymentId === deploymentId;
  if (!live) return { observation: { ...observation, live } };
  const message = evidenceOfHarm(observation);
  const alert = (remedy: string): ObservedHarm => ({
    rule: 'observed-harm',
    severity: 'error',
    message,
    remedy,
    subject: deploymentId,
  });
  const byHand = `Look at "observe", then roll it back with "rollback ${templateId} --reason …" if nothing else explains it.`;
  if (!autoRollbackEnabled) return { observation, alert: alert(byHand) };
  return rollBack(ports, templates, observation, alert, byHand);
}

async function rollBack(
  { store, audit, clock, log }: HarmPorts,
  templates: PromptTemplateManager,
  observation: Observation,
  alert: (remedy: string) => ObservedHarm,
  byHand: string,
): Promise<Answer> {
  const { deploymentId, templateId, rolloutId } = observation;
  const inputs = inputsOf(observation);
  await audit.record('observe.rollback-decided', deploymentId, inputs);
  const reason = `Rolled back by itself (autoRollbackEnabled): ${evidenceOfHarm(observation)}`;
  try {
    const rollout =
      rolloutId === undefined
        ? await templates.rollBack(templateId, { reason })
        : await templates.undo(rolloutId, reason);
    const at = clock.now().toISOString();
    const rolledBack = { at, ...(rollout.rolloutId === undefined ? {} : { rolloutId: rollout.rolloutId }) };
    const kept: Observation = { ...observation, live: false, rolledBack };
    await store.exclusive(() => store.put('observations', kept));
    return {
      observation: kept,
      alert: {
        ...alert('It was rolled back by itself; "undo" takes that back.'),
        severity: 'warning',
      },
    };
  } catch (error) {
    if (!isPipelineError(error)) throw error;
    log.error(`${deploymentId} could not be rolled back by itself: ${error.message} ${error.remedy}`);
    return {
      observation,
      alert: alert(`It could not be rolled back by itself: ${error.message} ${byHand}`),
    };
  }
}

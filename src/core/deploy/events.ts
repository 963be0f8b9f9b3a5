import { schemaVersion } from '../model/common';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import type { TemplateContext } from '../templates/templateRecords';

export interface EventInput
  extends Pick<Deployment, 'kind' | 'reason' | 'backup' | 'override' | 'rolloutId'> {
  readonly template: Template;
  /** `undefined` for no file. */
  readonly from: TemplateVersion | undefined;
  readonly to: TemplateVersion | undefined;
}

/** What stood in a target after an event; null for no file. */
export interface LiveState {
  readonly version: string | null;
  readonly contentHash: string | null;
}

/**
 * `<templateId>.<sequence>.<hash>`: the sequence orders events that a clock cannot, the hash keeps two
 * branches apart.
 */
const idPattern = /\.(\d+)\.[0-9a-f]+$/;

function sequenceOf({ deploymentId }: Deployment): number {
  return Number(idPattern.exec(deploymentId)?.[1] ?? 0);
}

/** The events of one template in the order in which they happened. */
export function eventsOf(deployments: readonly Deployment[], templateId: string): readonly Deployment[] {
  return deployments
    .filter((each) => each.templateId === templateId)
    .sort(
      (a, b) =>
        sequenceOf(a) - sequenceOf(b) ||
        Date.parse(a.deployedAt) - Date.parse(b.deployedAt) ||
        (a.deploymentId < b.deploymentId ? -1 : 1),
    );
}

/** The record of the next event after the given ones. */
export function deploymentRecord(
  { ports, author }: TemplateContext,
  events: readonly Deployment[],
  { kind, reason, backup, override, rolloutId, template, from, to }: EventInput,
): Deployment {
  const { templateId, agentType, path } = template;
  const deployedAt = ports.clock.now().toISOString();
  const last = events.at(-1);
  const sequence = String((last ? sequenceOf(last) : 0) + 1).padStart(6, '0');
  const fingerprint = ports.hash.sha256(
    JSON.stringify([templateId, sequence, kind, deployedAt, to?.version ?? null, to?.contentHash ?? null]),
  );
  return {
    schemaVersion,
    deploymentId: `${templateId}.${sequence}.${fingerprint.slice(0, 8)}`,
    kind,
    templateId,
    agentType,
    target: path,
    fromVersion: from?.version ?? null,
    toVersion: to?.version ?? null,
    contentHashBefore: from?.contentHash ?? null,
    contentHashAfter: to?.contentHash ?? null,
    backup,
    verified: true,
    reason,
    ...(rolloutId === undefined ? {} : { rolloutId }),
    ...(to?.copiedFrom === undefined ? {} : { copiedFrom: to.copiedFrom }),
    ...(override === undefined ? {} : { override }),
    author,
    deployedAt,
  };
}

/**
 * The states that rolling back walks through, the live one last: a deployment or an outside edit puts one on
 * top, a rollback goes back to the nearest one below that it restored, so that rolling back again goes one
 * further. Below the first deployment of a file that was not there lies the state without it.
 */
export function liveStates(events: readonly Deployment[]): readonly LiveState[] {
  const [first] = events;
  const none: LiveState = { version: null, contentHash: null };
  let states: readonly LiveState[] =
    first?.kind === 'deploy' && first.contentHashBefore === null ? [none] : [];
  for (const { kind, toVersion, contentHashAfter } of events) {
    const top = states.at(-1);
    const state = { version: toVersion, contentHash: contentHashAfter };
    if (kind === 'rollback') {
      const below = states.slice(0, -1).findLastIndex((each) => each.contentHash === contentHashAfter);
      states = below < 0 ? [...states, state] : states.slice(0, below + 1);
    } else if (top?.contentHash !== contentHashAfter) {
      states = [...states, state];
    }
  }
  return states;
}

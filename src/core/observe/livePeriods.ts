import { eventsOf } from '../deploy/events';
import type { Deployment } from '../model/template';

/** One version in one file, from one event to the next that changed the bytes. */
export interface LivePeriod {
  readonly event: Deployment;
  readonly version: string | null;
  /** Milliseconds since 1970; minus infinity for what was adopted first, since when it stood there nobody recorded. */
  readonly from: number;
  /** Plus infinity while it is live. */
  readonly to: number;
}

/** When each version was live in a template's file, the oldest first; events that changed no byte begin none. */
export function livePeriods(deployments: readonly Deployment[], templateId: string): readonly LivePeriod[] {
  const changes = eventsOf(deployments, templateId).filter(
    ({ contentHashBefore, contentHashAfter, kind }, index) =>
      index === 0 || kind === 'adopt' || contentHashBefore !== contentHashAfter,
  );
  return changes.map((event, index) => {
    const next = changes[index + 1];
    const adoptedFirst = index === 0 && event.kind === 'adopt';
    return {
      event,
      version: event.toVersion,
      from: adoptedFirst ? Number.NEGATIVE_INFINITY : Date.parse(event.deployedAt),
      to: next === undefined ? Number.POSITIVE_INFINITY : Date.parse(next.deployedAt),
    };
  });
}

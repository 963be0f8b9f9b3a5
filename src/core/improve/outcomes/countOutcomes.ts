import { eventsOf, liveStates } from '../../deploy/events';
import { agentKey } from '../../model/agentType';
import type { Strategy } from '../../model/common';
import type { Hunk, Improvement, OutcomeCounts } from '../../model/improvement';
import type { Observation } from '../../model/observation';
import type { Deployment, TemplateVersion } from '../../model/template';
import { ancestry, versionsBetween } from '../../templates/lineage';
import { rejectionKind } from '../eligibility';

/** What outcomes are read from. */
export interface OutcomeRecords {
  readonly improvements: readonly Improvement[];
  readonly versions: readonly TemplateVersion[];
  readonly deployments: readonly Deployment[];
  readonly observations: readonly Observation[];
}

/** Counts of one strategy and agent. */
export interface OutcomeRow {
  readonly strategy: Strategy;
  readonly agentType: string;
  readonly counts: OutcomeCounts;
}

export const noOutcomes: OutcomeCounts = {
  accepted: 0,
  edited: 0,
  rejected: {},
  rolledBack: 0,
  observedBetter: 0,
  observedWorse: 0,
  ship: 0,
  reject: 0,
  inconclusive: 0,
};

export function sumOfCounts(a: OutcomeCounts, b: OutcomeCounts): OutcomeCounts {
  const kinds = [...new Set([...Object.keys(a.rejected), ...Object.keys(b.rejected)])].sort();
  return {
    accepted: a.accepted + b.accepted,
    edited: a.edited + b.edited,
    rejected: Object.fromEntries(
      kinds.map((kind) => [kind, (a.rejected[kind] ?? 0) + (b.rejected[kind] ?? 0)]),
    ),
    rolledBack: a.rolledBack + b.rolledBack,
    observedBetter: a.observedBetter + b.observedBetter,
    observedWorse: a.observedWorse + b.observedWorse,
    ship: a.ship + b.ship,
    reject: a.reject + b.reject,
    inconclusive: a.inconclusive + b.inconclusive,
  };
}

/** Versions that were rolled back and are not part of what is live now. */
function undoneVersions({ versions, deployments }: OutcomeRecords): ReadonlySet<string> {
  const undone = new Set<string>();
  for (const templateId of new Set(deployments.map((each) => each.templateId))) {
    const own = versions.filter((each) => each.templateId === templateId);
    const events = eventsOf(deployments, templateId);
    for (const { kind, fromVersion, toVersion } of events) {
      if (kind !== 'rollback' || fromVersion === null) continue;
      for (const { versionId } of versionsBetween(own, fromVersion, toVersion)) undone.add(versionId);
    }
    const live = liveStates(events).at(-1)?.version ?? null;
    for (const { versionId } of ancestry(own, live)) undone.delete(versionId);
  }
  return undone;
}

type Effect = 'better' | 'worse';

/** What a deployment was seen to do to the corrections it was to cure, by pattern; undefined where the interval holds 0. */
function effects(
  observations: readonly Observation[],
): (templateId: string, patternIds: readonly string[]) => Effect | undefined {
  return (templateId, patternIds) => {
    const about = observations.filter(
      (each) => each.templateId === templateId && each.patternIds.some((id) => patternIds.includes(id)),
    );
    if (about.some(({ test }) => test.state === 'rose')) return 'worse';
    const shows = about.some(({ change: { addressed } }) => addressed !== null && addressed.interval[1] < 0);
    return shows ? 'better' : undefined;
  };
}

/** What an experiment with real sessions said of the versions that brought a hunk; it goes before a comparison over time. */
function randomisedEffect(versions: readonly TemplateVersion[]): Effect | undefined {
  const verdicts = versions.flatMap(({ validation }) =>
    validation?.tier === 'observed' ? [validation.verdict] : [],
  );
  if (verdicts.includes('reject')) return 'worse';
  return verdicts.includes('ship') ? 'better' : undefined;
}

/** What became of one hunk, as counts of one; undefined for one of which nothing is known, or that nothing is learned from. */
function outcomeOf(
  hunk: Hunk,
  { validation }: Improvement,
  wasUndone: boolean,
  effect: Effect | undefined,
): OutcomeCounts | undefined {
  // A finding of the prompt check is no strategy's work; what was moved is decided elsewhere.
  if (hunk.origin === 'prompt-check' || hunk.movedTo !== undefined) return undefined;
  if (hunk.decision === 'rejected')
    return { ...noOutcomes, rejected: { [rejectionKind(hunk) ?? 'other']: 1 } };
  if (hunk.decision === 'pending')
    // The static tier is a proxy, and a part of the confidence already.
    return validation === undefined || validation.tier === 'static'
      ? undefined
      : { ...noOutcomes, [validation.verdict]: 1 };
  if (wasUndone) return { ...noOutcomes, rolledBack: 1 };
  if (effect === 'worse') return { ...noOutcomes, observedWorse: 1 };
  const kept = hunk.editedAfter === undefined ? { accepted: 1 } : { edited: 1 };
  return { ...noOutcomes, ...kept, ...(effect === 'better' ? { observedBetter: 1 } : {}) };
}

/** Outcomes by strategy and agent, in that order. Pure: the same records give the same rows. */
export function countOutcomes(records: OutcomeRecords): readonly OutcomeRow[] {
  const undone = undoneVersions(records);
  const effectOf = effects(records.observations);
  const holders = new Map<string, TemplateVersion[]>();
  for (const version of records.versions)
    for (const hunkId of version.hunkIds) holders.set(hunkId, [...(holders.get(hunkId) ?? []), version]);
  const rows = new Map<string, OutcomeRow>();
  for (const improvement of records.improvements) {
    const { improvementId, templateId, agentType } = improvement;
    for (const hunk of improvement.hunks) {
      const bringing = (holders.get(hunk.hunkId) ?? []).filter(
        (version) => version.improvementId === improvementId,
      );
      const wasUndone = bringing.some(({ versionId }) => undone.has(versionId));
      const effect = randomisedEffect(bringing) ?? effectOf(templateId, hunk.patternIds);
      const counts = outcomeOf(hunk, improvement, wasUndone, effect);
      if (counts === undefined) continue;
      const key = JSON.stringify([hunk.strategy, agentKey(agentType)]);
      const former = rows.get(key);
      rows.set(key, {
        strategy: hunk.strategy,
        agentType: former?.agentType ?? agentType,
        counts: sumOfCounts(former?.counts ?? noOutcomes, counts),
      });
    }
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

import { PipelineError } from '../errors';
import { type CollectionName, collections, logs } from '../model/collections';
import type { TemplateVersion } from '../model/template';
import type { Skipped, Store } from '../ports';
import { allOrNothing } from '../transaction/allOrNothing';
import { ancestry } from './lineage';
import { type TemplateContext, versionIdOf } from './templateRecords';
import { compareVersions, isDraft } from './versionNumbers';
import { keepTag } from './versionTag';

export interface Retention {
  /** The newest versions of each template that stay in any case. */
  readonly keep: number;
  /** Of the others, those stay that are no older than so many days; 0: age does not matter. */
  readonly days: number;
}

export interface CleanUpPlan {
  readonly retention: Retention;
  readonly removed: readonly TemplateVersion[];
  /** Versions beyond the newest that stay, each with its first reason. */
  readonly kept: readonly { readonly versionId: string; readonly reason: string }[];
  /** Hashes of contents that no record refers to afterwards. */
  readonly contents: readonly string[];
}

const dayInMilliseconds = 86_400_000;

/**
 * What a clean-up would remove, and why the rest stays. Nothing that a file holds or held, and nothing that another record names.
 * @throws PipelineError INVALID_INPUT, RECORD_UNREADABLE: a record that cannot be read might need a version
 */
export async function planCleanUp(context: TemplateContext, retention: Retention): Promise<CleanUpPlan> {
  const { store, clock } = context.ports;
  if (!Number.isInteger(retention.keep) || retention.keep < 1 || !(retention.days >= 0)) {
    throw new PipelineError(
      'INVALID_INPUT',
      'At least one version of each template is kept, and days are 0 or more.',
      {
        subject: 'versionRetention',
        remedy: 'Name a whole number from 1 up to keep; nothing was removed.',
      },
    );
  }
  const records = await allRecords(store);
  const versions = (await store.list('versions')).records;
  const reasons = await reasonsToStay(store, versions);
  const oldest = clock.now().getTime() - retention.days * dayInMilliseconds;
  const removed: TemplateVersion[] = [];
  const kept: { versionId: string; reason: string }[] = [];
  for (const templateId of [...new Set(versions.map((version) => version.templateId))].sort()) {
    const own = versions
      .filter((version) => version.templateId === templateId)
      .sort((a, b) => compareVersions(b.version, a.version));
    for (const version of own.slice(retention.keep)) {
      const young = retention.days > 0 && Date.parse(version.createdAt) > oldest;
      const reason =
        reasons.get(version.versionId) ?? (young ? `is no older than ${retention.days} days` : undefined);
      if (reason === undefined) removed.push(version);
      else kept.push({ versionId: version.versionId, reason });
    }
  }
  const gone = new Set(removed.map(({ versionId }) => versionId));
  const comparisons = comparisonsOf((await store.list('comparisons')).records, gone);
  const remaining = records
    .filter(({ collection, id }) => !(collection === 'versions' && gone.has(id)))
    .filter(({ collection, id }) => !(collection === 'comparisons' && comparisons.includes(id)));
  const contents = [...new Set(removed.map(({ contentHash }) => contentHash))]
    .filter((hash) => !remaining.some(({ json }) => json.includes(hash)))
    .sort();
  return { retention, removed, kept, contents };
}

/** Removes what the plan says: all records or none, then the contents. Needs the workspace's lock. */
export async function cleanUpVersions(context: TemplateContext, retention: Retention): Promise<CleanUpPlan> {
  const { ports } = context;
  const plan = await planCleanUp(context, retention);
  if (plan.removed.length === 0) return plan;
  const gone = new Set(plan.removed.map(({ versionId }) => versionId));
  const comparisons = comparisonsOf((await ports.store.list('comparisons')).records, gone);
  await allOrNothing(ports, { what: 'clean up versions', subject: 'versions' }, async (transaction) => {
    await transaction.keep([
      ...plan.removed.map(({ versionId }) => ['versions', versionId] as const),
      ...comparisons.map((id) => ['comparisons', id] as const),
    ]);
    for (const { versionId, contentHash } of plan.removed) {
      await transaction.remove('versions', versionId);
      await ports.audit.record('version.removed', versionId, {
        contentHash,
        reason: 'retention',
        ...retention,
      });
    }
    for (const id of comparisons) await transaction.remove('comparisons', id);
  });
  // Last, when no record needs them any longer: a crash before leaves bytes too many, never too few.
  for (const hash of plan.contents) await ports.store.removeContent(hash);
  return plan;
}

function comparisonsOf(
  comparisons: readonly { comparisonId: string; templateId: string; from: string; to: string }[],
  gone: ReadonlySet<string>,
): readonly string[] {
  return comparisons
    .filter(({ templateId, from, to }) =>
      [from, to].some((number) => gone.has(versionIdOf(templateId, number))),
    )
    .map(({ comparisonId }) => comparisonId);
}

interface AnyRecord {
  readonly collection: CollectionName | 'corrections';
  readonly id: string;
  readonly json: string;
}

/** Every record but the log of changes, which is history and needs no bytes. @throws PipelineError RECORD_UNREADABLE */
async function allRecords(store: Store): Promise<readonly AnyRecord[]> {
  const found: AnyRecord[] = [];
  for (const collection of Object.keys(collections) as CollectionName[]) {
    const { records, skipped } = await store.list(collection);
    refuseUnreadable(skipped);
    for (const record of records) {
      const id: unknown = Reflect.get(record, collections[collection].idKey);
      found.push({ collection, id: String(id), json: JSON.stringify(record) });
    }
  }
  const corrections = await store.readLog('corrections');
  refuseUnreadable(corrections.skipped);
  for (const record of corrections.records) {
    found.push({
      collection: 'corrections',
      id: logs.corrections.idOf(record),
      json: JSON.stringify(record),
    });
  }
  return found;
}

function refuseUnreadable([bad]: readonly Skipped[]): void {
  if (!bad) return;
  throw new PipelineError(
    'RECORD_UNREADABLE',
    `A record cannot be read and might need a version: ${bad.reason}.`,
    {
      subject: bad.line > 0 ? `${bad.path}:${bad.line}` : bad.path,
      remedy: 'Repair the file or restore it from version control; nothing was removed.',
    },
  );
}

/** By version id: what needs it, in words that follow its name. */
async function reasonsToStay(
  store: Store,
  versions: readonly TemplateVersion[],
): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  const stays = (versionId: string, reason: string) => {
    if (!reasons.has(versionId)) reasons.set(versionId, reason);
  };
  for (const { templateId, deployedVersion, currentVersion } of (await store.list('templates')).records) {
    if (deployedVersion !== null) stays(versionIdOf(templateId, deployedVersion), 'is deployed');
    stays(versionIdOf(templateId, currentVersion), 'is the current version');
  }
  for (const { versionId, status, origin, tags = [] } of versions) {
    if (origin === 'imported') stays(versionId, 'was imported, and the next import would bring it back');
    if (status === 'active') stays(versionId, 'is deployed');
    if (tags.includes(keepTag)) stays(versionId, `is tagged "${keepTag}"`);
    if (status === 'approved') stays(versionId, 'waits for its deployment');
    if (status === 'testing') stays(versionId, 'is being tested');
  }
  const deployments = (await store.list('deployments')).records;
  for (const { templateId, fromVersion, toVersion, copiedFrom } of deployments) {
    for (const number of [toVersion, fromVersion]) {
      if (number !== null) stays(versionIdOf(templateId, number), 'was deployed and can be rolled back to');
    }
    if (copiedFrom !== undefined) stays(copiedFrom, 'was deployed to another file');
  }
  for (const { improvementId, templateId, baseVersion, version } of (await store.list('improvements'))
    .records) {
    stays(versionIdOf(templateId, baseVersion), `is what improvement ${improvementId} builds on`);
    if (version !== undefined)
      stays(versionIdOf(templateId, version), `was made by improvement ${improvementId}`);
  }
  for (const { experimentId, templateId, baseline, candidate } of (await store.list('experiments')).records) {
    for (const { version } of [baseline, candidate])
      stays(versionIdOf(templateId, version), `was tried in the experiment ${experimentId}`);
  }
  const deployed = new Set(deployments.map(({ templateId, toVersion }) => `${templateId}@${toVersion}`));
  for (const version of versions) {
    if (version.copiedFrom !== undefined)
      stays(version.copiedFrom, `is what ${version.versionId} was copied from`);
    if (version.status === 'archived' || version.status === 'deprecated') continue;
    const own = versions.filter(({ templateId }) => templateId === version.templateId);
    if (isDraft(version.version)) stays(version.versionId, 'is a draft that is not settled');
    for (const ancestor of ancestry(own, version.parentVersion)) {
      stays(ancestor.versionId, `is what ${version.version} builds on`);
      if (deployed.has(ancestor.versionId)) break;
    }
  }
  return reasons;
}

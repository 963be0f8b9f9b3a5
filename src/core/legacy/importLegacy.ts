import { mapAgentName } from '../capture/agentName';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import {
  type Template,
  type TemplateVersion,
  tagSchema,
  type VersionNote,
  type VersionStatus,
} from '../model/template';
import type { Ports, Skipped } from '../ports';
import { encodePrompt } from '../templates/promptText';
import { templateIdOf } from '../templates/templateId';
import { versionIdOf } from '../templates/templateRecords';
import { compareVersions, isDraft } from '../templates/versionNumbers';
import { allOrNothing } from '../transaction/allOrNothing';
import { legacyNumber } from './legacyNumbers';
import { type LegacyFiles, type LegacySummary, type PlacedVersion, sortLegacyFiles } from './legacyRecords';
import type { LegacyEntry, LegacyImprovement } from './legacySchemas';

type LegacyPorts = Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log'>;

/**
 * Takes in the templates and versions that the Python prototype wrote. Its files stay as they are; again only what is new. Nothing of it
 * becomes active, since no file is written. Needs the workspace's lock.
 */
export async function importLegacy(
  ports: LegacyPorts,
  configuration: Configuration,
  files: LegacyFiles,
): Promise<LegacySummary> {
  const { store } = ports;
  const found = sortLegacyFiles(files);
  const skipped: Skipped[] = [...found.skipped];
  const groups = new Map<string, PlacedVersion[]>();
  for (const one of found.versions) {
    groups.set(one.record.templateId, [...(groups.get(one.record.templateId) ?? []), one]);
  }
  const templates = await store.list('templates');
  const stored = await store.list('versions');
  const unsure = [...templates.skipped, ...stored.skipped];
  const known = new Map(templates.records.map((template) => [template.templateId, template]));
  const counts = { templates: 0, versions: 0, linked: new Set<string>() };
  for (const [legacyId, placed] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (unsure.length > 0) {
      const reason = `was not imported: the record ${unsure[0]?.path ?? ''} is unreadable and might be the same`;
      skipped.push(...placed.map(({ path }) => ({ path, line: 0, reason })));
      continue;
    }
    const former = [...known.values()].find((template) => template.importedFrom === legacyId);
    const entry = found.entries.get(legacyId);
    const template = former ?? newTemplate(ports, configuration, legacyId, placed, entry, known);
    const own = stored.records.filter(({ templateId }) => templateId === template.templateId);
    const made = makeVersions(ports, template, placed, own, found.improvements);
    for (const id of made.linked) counts.linked.add(id);
    if (made.versions.length === 0) continue;
    for (const { bytes } of made.versions) await store.putContent(bytes);
    const records = made.versions.map(({ version }) => version);
    const current = currentOf(template, [...own, ...records], entry, former !== undefined);
    await allOrNothing(
      ports,
      { what: `import ${legacyId}`, subject: template.templateId },
      async (transaction) => {
        for (const version of records) await transaction.put('versions', version);
        await transaction.put('templates', { ...template, currentVersion: current });
        await ports.audit.record('template.imported', template.templateId, {
          versions: records.map(({ version, contentHash }) => ({ version, contentHash })),
        });
      },
    );
    known.set(template.templateId, template);
    counts.versions += records.length;
    if (former === undefined) counts.templates += 1;
  }
  for (const id of found.entries.keys()) {
    if (groups.has(id)) continue;
    skipped.push({
      path: found.registryPath,
      line: 0,
      reason: `names ${JSON.stringify(id.slice(0, 80))}, of which no version is there`,
    });
  }
  return {
    templates: { found: groups.size, new: counts.templates },
    versions: { found: found.versions.length, new: counts.versions },
    improvements: { found: found.improvements.length, linked: counts.linked.size },
    executions: { found: found.executions },
    otherFiles: found.otherFiles,
    notTaken: notTaken(found.improvements.length, found.executions, found.otherFiles),
    skipped,
  };
}

function notTaken(improvements: number, executions: number, otherFiles: number): readonly string[] {
  return [
    ...(improvements === 0
      ? []
      : [
          'Improvements are no records of their own: the prototype kept no evidence with them and drew their scores at random. Reason and strategy stand with the version of the same text, where there is one.',
        ]),
    ...(executions === 0 ? [] : ['Runs are counted alone: their figures rest on the same random scores.']),
    ...(otherFiles === 0 ? [] : ['Validations and metrics are not taken over, for the same reason.']),
  ];
}

function newTemplate(
  { hash }: LegacyPorts,
  configuration: Configuration,
  legacyId: string,
  placed: readonly PlacedVersion[],
  entry: LegacyEntry | undefined,
  known: ReadonlyMap<string, Template>,
): Template {
  const templateId = templateIdOf(legacyId, new Set(known.keys()), hash);
  const newest = placed.at(-1);
  const type = entry?.templateType ?? newest?.record.templateType ?? 'agent_prompt';
  const agent = entry?.agentType ?? newest?.record.agentType;
  // Beside agents' files and never in their place: what stands there is not what the prototype wrote.
  const paths = new Set([...known.values()].map(({ path }) => path.toLowerCase()));
  let path = `prompts/${templateId}.md`;
  for (let number = 2; paths.has(path.toLowerCase()); number += 1)
    path = `prompts/${templateId}-${number}.md`;
  return {
    schemaVersion,
    templateId,
    templateType: type,
    agentType:
      agent === undefined || agent.trim() === ''
        ? 'main'
        : mapAgentName(agent.trim(), configuration.agentNames),
    path,
    createdAt: placed[0]?.at ?? '',
    currentVersion: '',
    deployedVersion: null,
    importedFrom: legacyId,
  };
}

/** What stood in the prototype's own registry waits for a deployment here. */
const statusHere = (status: VersionStatus | undefined): VersionStatus =>
  status === 'active' ? 'approved' : (status ?? 'draft');

interface Made {
  readonly version: TemplateVersion;
  readonly bytes: Uint8Array;
}

function makeVersions(
  { hash, clock }: LegacyPorts,
  { templateId }: Template,
  placed: readonly PlacedVersion[],
  own: readonly TemplateVersion[],
  improvements: readonly LegacyImprovement[],
): { readonly versions: readonly Made[]; readonly linked: readonly string[] } {
  const taken = new Set(own.map(({ version }) => version));
  const numbers = new Map<string, string>();
  const keyOf = (written: string | undefined, contentHash: string) => JSON.stringify([written, contentHash]);
  const there = new Set<string>();
  for (const version of own) {
    if (version.importedVersion === undefined) continue;
    there.add(keyOf(version.importedVersion, version.contentHash));
    if (!numbers.has(version.importedVersion)) numbers.set(version.importedVersion, version.version);
  }
  const importedAt = clock.now().toISOString();
  const linked: string[] = [];
  const fresh: {
    number: string;
    contentHash: string;
    bytes: Uint8Array;
    one: PlacedVersion;
    by?: LegacyImprovement;
  }[] = [];
  for (const one of placed) {
    const { version: written, content, status } = one.record;
    const bytes = encodePrompt(content);
    const contentHash = hash.sha256(bytes);
    const by = improvements.find(({ improvedPrompt }) => improvedPrompt === content);
    if (by) linked.push(by.id);
    if (there.has(keyOf(written, contentHash))) continue;
    there.add(keyOf(written, contentHash));
    const number = legacyNumber(written, statusHere(status), taken);
    taken.add(number);
    if (!numbers.has(written)) numbers.set(written, number);
    fresh.push({ number, contentHash, bytes, one, ...(by ? { by } : {}) });
  }
  const versions = fresh.map(({ number, contentHash, bytes, one, by }) => {
    const { record, at } = one;
    const parent = record.parentVersion === undefined ? undefined : numbers.get(record.parentVersion);
    const author = record.author?.trim() || 'unknown';
    const said: string[] = [];
    if (number !== record.version) said.push(`The prototype numbered it ${record.version.slice(0, 80)}.`);
    if (record.status === 'active') said.push('It was active in the prototype.');
    if (record.parentVersion !== undefined && parent === undefined) {
      said.push(`Its parent there, ${record.parentVersion.slice(0, 80)}, was not found.`);
    }
    if (by)
      said.push(
        `The prototype's improvement ${by.id.slice(0, 80)}${by.reason ? `: ${by.reason.slice(0, 2000)}` : ''}.`,
      );
    const notes: VersionNote[] = said.map((text) => ({ text, author: 'import', at: importedAt }));
    const tags = tagsOf(record.tags);
    const version: TemplateVersion = {
      schemaVersion,
      versionId: versionIdOf(templateId, number),
      templateId,
      version: number,
      parentVersion: parent === number ? null : (parent ?? null),
      contentHash,
      origin: 'imported',
      author: author.slice(0, 200),
      createdAt: at,
      status: statusHere(record.status),
      changeSummary: record.changeSummary?.trim() || `Imported from ${one.path}`,
      strategy: by?.strategy ?? null,
      hunkIds: [],
      patternIds: [],
      importedVersion: record.version,
      ...(tags.length === 0 ? {} : { tags }),
      ...(notes.length === 0 ? {} : { notes }),
    };
    return { version, bytes };
  });
  return { versions, linked };
}

function tagsOf(written: readonly string[]): string[] {
  const tags = written
    .map((tag) => tag.normalize('NFC').trim().toLowerCase().replace(/\s+/g, '-'))
    .filter((tag) => tagSchema.safeParse(tag).success);
  return [...new Set(tags)].sort().slice(0, 20);
}

function currentOf(
  template: Template,
  versions: readonly TemplateVersion[],
  entry: LegacyEntry | undefined,
  isKnown: boolean,
): string {
  if (isKnown) return template.currentVersion;
  const named = versions.find(({ importedVersion }) => importedVersion === entry?.currentVersion);
  const sorted = versions.toSorted((a, b) => compareVersions(b.version, a.version));
  const finished = sorted.find(({ version, status }) => status === 'approved' && !isDraft(version));
  return (named ?? finished ?? sorted[0])?.version ?? '';
}

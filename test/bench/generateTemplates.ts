import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { collections, contentFolder } from '../../src/core/model/collections';
import type { Deployment, Template, TemplateVersion } from '../../src/core/model/template';
import { templateIdOf } from '../../src/core/templates/templateId';
import { nodeHash } from '../../src/node/systemPorts';

const start = Date.UTC(2025, 0, 6);
const hour = 3_600_000;

export interface ManyTemplates {
  readonly templates: number;
  readonly versions: number;
  /** Of each template; the first is its adoption. At most as many as there are versions. */
  readonly deployments: number;
}

const sha256 = (text: string) => nodeHash.sha256(text);
const isoAt = (index: number) => new Date(start + index * hour).toISOString();
const numberOf = (index: number) => `1.${index}.0`;

/** One rule more in each version. All templates share their texts, since the text is not what is measured. */
function textOf(version: number): string {
  const rules = Array.from(
    { length: version + 1 },
    (_, rule) => `- Rule ${rule}: run the tests of part ${rule}.`,
  );
  return ['# Rules', '', ...rules, ''].join('\n');
}

/** Half of the prompts are agents of their own, half are the main thread's in as many folders. */
export function pathOf(index: number): string {
  const name = String(index).padStart(4, '0');
  return index % 2 === 0 ? `.claude/agents/agent-${name}.md` : `packages/part-${name}/CLAUDE.md`;
}

/**
 * A workspace of many prompts as the product itself would have written it, with the prompt files: the last version but one is deployed, and
 * the last one waits. Gives the templates' ids.
 */
export function writeManyTemplates(folder: string, size: ManyTemplates): readonly string[] {
  const root = path.join(folder, '.claude-pm');
  const folders = [collections.templates, collections.versions, collections.deployments];
  for (const place of [...folders.map((each) => each.folder), contentFolder]) {
    mkdirSync(path.join(root, place), { recursive: true });
  }
  const texts = Array.from({ length: size.versions }, (_, version) => textOf(version));
  const hashes = texts.map(sha256);
  for (const [version, text] of texts.entries()) {
    writeFileSync(path.join(root, contentFolder, hashes[version] ?? ''), text);
  }
  const live = Math.max(0, size.versions - 2);
  return Array.from({ length: size.templates }, (_, index) => {
    const template = templateRecord(index, live, size.versions);
    const { templateId } = template;
    const file = path.join(folder, template.path);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, texts[live] ?? '');
    for (let version = 0; version < size.versions; version++) {
      const record = versionRecord(templateId, version, live, hashes);
      writeRecord(root, collections.versions, record.versionId, record);
    }
    const events = Math.min(size.deployments, live + 1);
    for (let at = 0; at < events; at++) {
      const record = deploymentRecord(template, at, live + 1 - events + at, hashes);
      writeRecord(root, collections.deployments, record.deploymentId, record);
    }
    writeRecord(root, collections.templates, templateId, template);
    return templateId;
  });
}

function writeRecord(
  root: string,
  { folder }: { readonly folder: string },
  id: string,
  record: object,
): void {
  writeFileSync(path.join(root, folder, `${id}.json`), `${JSON.stringify(record, null, 2)}\n`);
}

function templateRecord(index: number, live: number, versions: number): Template {
  const place = pathOf(index);
  const isAgent = index % 2 === 0;
  return {
    schemaVersion: 1,
    templateId: templateIdOf(place, new Set(), nodeHash),
    templateType: isAgent ? 'agent_prompt' : 'system_prompt',
    agentType: isAgent ? path.basename(place, '.md') : 'main',
    path: place,
    createdAt: isoAt(0),
    currentVersion: numberOf(versions - 1),
    deployedVersion: numberOf(live),
  };
}

/** The first is the adoption of the first version, the others deploy the last ones up to the live one. */
function deploymentRecord(
  { templateId, agentType, path: target }: Template,
  at: number,
  version: number,
  hashes: readonly string[],
): Deployment {
  const to = at === 0 ? 0 : version;
  const from = at === 0 ? null : at === 1 ? 0 : to - 1;
  const fingerprint = sha256(`${templateId} ${at}`).slice(0, 8);
  return {
    schemaVersion: 1,
    deploymentId: `${templateId}.${String(at + 1).padStart(6, '0')}.${fingerprint}`,
    kind: at === 0 ? 'adopt' : 'deploy',
    templateId,
    agentType,
    target,
    fromVersion: from === null ? null : numberOf(from),
    toVersion: numberOf(to),
    contentHashBefore: from === null ? null : (hashes[from] ?? null),
    contentHashAfter: hashes[to] ?? null,
    backup: null,
    verified: true,
    reason: at === 0 ? 'adopted' : `deployed ${numberOf(to)}`,
    author: 'bench',
    deployedAt: isoAt(to),
  };
}

function versionRecord(
  templateId: string,
  version: number,
  live: number,
  hashes: readonly string[],
): TemplateVersion {
  return {
    schemaVersion: 1,
    versionId: `${templateId}@${numberOf(version)}`,
    templateId,
    version: numberOf(version),
    parentVersion: version === 0 ? null : numberOf(version - 1),
    contentHash: hashes[version] ?? '',
    origin: version === 0 ? 'adopted' : 'improvement',
    author: 'bench',
    createdAt: isoAt(version),
    status: version === live ? 'active' : version > live ? 'approved' : 'deprecated',
    changeSummary: version === 0 ? 'Adopted' : `Rule ${version}: run the tests of part ${version}`,
    strategy: version === 0 ? null : 'additive',
    hunkIds: version === 0 ? [] : [`h-${version}`],
    patternIds: version === 0 ? [] : [`p_${String(version).padStart(5, '0')}`],
  };
}

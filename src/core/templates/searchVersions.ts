import type { Template, TemplateVersion } from '../model/template';
import type { Listing } from '../ports';
import { type TemplateContext, versionIdOf } from './templateRecords';
import { compareVersions } from './versionNumbers';

export interface VersionSearch {
  /** Words that must all occur, in any case; none: every version. */
  readonly words: string;
  /** Look into the prompts' texts too. */
  readonly text?: boolean;
  /** In one template only. */
  readonly templateId?: string;
}

export interface FoundVersion {
  readonly version: TemplateVersion;
  readonly path: string;
  readonly agentType: string;
}

/**
 * Versions whose number, state, tags, notes, summary, author, template or agent hold every word, the newest of each template first. A
 * text that cannot be read is named in `skipped`.
 */
export async function searchVersions(
  { ports }: TemplateContext,
  { words, text = false, templateId }: VersionSearch,
): Promise<Listing<FoundVersion>> {
  const templates = await ports.store.list('templates');
  const versions = await ports.store.list(
    'versions',
    templateId === undefined ? '' : versionIdOf(templateId, ''),
  );
  const known = new Map(templates.records.map((template) => [template.templateId, template]));
  const wanted = plain(words)
    .split(/\s+/)
    .filter((word) => word !== '');
  const skipped = [...templates.skipped, ...versions.skipped];
  const records: FoundVersion[] = [];
  const ordered = versions.records
    .filter((version) => templateId === undefined || version.templateId === templateId)
    .sort(
      (a, b) =>
        (a.templateId < b.templateId ? -1 : a.templateId > b.templateId ? 1 : 0) ||
        compareVersions(b.version, a.version),
    );
  for (const version of ordered) {
    const template = known.get(version.templateId);
    if (template === undefined) continue;
    const missing = wanted.filter((word) => !factsOf(version, template).includes(word));
    let found = missing.length === 0;
    if (!found && text) {
      try {
        const content = plain(new TextDecoder().decode(await ports.store.getContent(version.contentHash)));
        found = missing.every((word) => content.includes(word));
      } catch (error) {
        const reason = `its text was not searched: ${error instanceof Error ? error.message : String(error)}`;
        skipped.push({ path: version.versionId, line: 0, reason });
      }
    }
    if (found) records.push({ version, path: template.path, agentType: template.agentType });
  }
  return { records, skipped };
}

const plain = (words: string) => words.normalize('NFKC').toLowerCase();

function factsOf(version: TemplateVersion, { path, agentType, templateId }: Template): string {
  const { tags = [], notes = [] } = version;
  const facts = [
    version.version,
    version.status,
    version.origin,
    version.author,
    version.changeSummary,
    version.strategy ?? '',
    version.importedVersion ?? '',
    templateId,
    path,
    agentType,
    ...tags,
    ...notes.flatMap((note) => [note.text, note.author]),
  ];
  return plain(facts.join('\n'));
}

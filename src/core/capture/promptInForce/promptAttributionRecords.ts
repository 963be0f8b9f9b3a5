import { eventsOf } from '../../deploy/events';
import { PipelineError } from '../../errors';
import type { Deployment, Template, TemplateVersion } from '../../model/template';
import type { Hash, Store } from '../../ports';
import { compareVersions, isDraft } from '../../templates/versionNumbers';
import { promptForms } from './promptForms';

/** Templates, with their versions and what was deployed when, read once. */
export class PromptRecords {
  readonly #byPath: ReadonlyMap<string, Template>;
  readonly #versions = new Map<string, readonly TemplateVersion[]>();
  readonly #events = new Map<string, readonly Deployment[]>();
  readonly #forms = new Map<string, Promise<ReadonlyMap<string, TemplateVersion>>>();

  private constructor(
    readonly store: Pick<Store, 'getContent'>,
    readonly hash: Hash,
    readonly templates: readonly Template[],
    versions: readonly TemplateVersion[],
    deployments: readonly Deployment[],
  ) {
    this.#byPath = new Map(templates.map((template) => [template.path, template]));
    const newest = versions
      .filter(({ version }) => !isDraft(version))
      .sort((a, b) => compareVersions(b.version, a.version));
    for (const { templateId } of templates) {
      this.#versions.set(
        templateId,
        newest.filter((each) => each.templateId === templateId),
      );
      this.#events.set(templateId, eventsOf(deployments, templateId));
    }
  }

  static async read(store: Pick<Store, 'list' | 'getContent'>, hash: Hash): Promise<PromptRecords> {
    const [templates, versions, deployments] = await Promise.all([
      store.list('templates'),
      store.list('versions'),
      store.list('deployments'),
    ]);
    return new PromptRecords(store, hash, templates.records, versions.records, deployments.records);
  }

  at(path: string): Template | undefined {
    return this.#byPath.get(path);
  }

  /** What the records say stood in the template's file at a time (milliseconds); undefined before the first of them. */
  deployedAt({ templateId }: Template, time: number): Deployment | undefined {
    return this.#events
      .get(templateId)
      ?.findLast(({ verified, deployedAt }) => verified && Date.parse(deployedAt) <= time);
  }

  /**
   * The newest version that holds a text, told by the hashes of forms of that text: to the byte, else in a form in which a
   * tool may have read it.
   */
  async versionOf(
    { templateId }: Template,
    contentHashes: readonly string[],
  ): Promise<TemplateVersion | undefined> {
    const versions = this.#versions.get(templateId) ?? [];
    const [exact] = contentHashes;
    const same = versions.find((each) => each.contentHash === exact);
    if (same) return same;
    const forms = this.#forms.get(templateId) ?? this.#formsOf(versions);
    this.#forms.set(templateId, forms);
    const known = await forms;
    return contentHashes.map((each) => known.get(each)).find((found) => found !== undefined);
  }

  async #formsOf(versions: readonly TemplateVersion[]): Promise<ReadonlyMap<string, TemplateVersion>> {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const forms = new Map<string, TemplateVersion>();
    for (const version of versions) {
      const bytes = await this.#contentOf(version);
      for (const form of bytes ? promptForms(decoder.decode(bytes)) : []) {
        const contentHash = this.hash.sha256(form);
        if (!forms.has(contentHash)) forms.set(contentHash, version);
      }
    }
    return forms;
  }

  /** A content that is lost or spoilt is told by the health check; here it is only not recognised. */
  async #contentOf({ contentHash }: TemplateVersion): Promise<Uint8Array | undefined> {
    try {
      return await this.store.getContent(contentHash);
    } catch (error) {
      if (error instanceof PipelineError && ['NOT_FOUND', 'VERIFICATION_FAILED'].includes(error.code)) {
        return undefined;
      }
      throw error;
    }
  }
}

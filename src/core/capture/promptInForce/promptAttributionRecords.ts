import { eventsOf } from '../../deploy/events';
import { PipelineError } from '../../errors';
import type { Deployment, Template, TemplateVersion } from '../../model/template';
import type { Hash, Store } from '../../ports';
import { versionIdOf } from '../../templates/templateRecords';
import { compareVersions, isDraft } from '../../templates/versionNumbers';
import { promptForms } from './promptForms';

/** Templates, with the versions and deployments of those that are asked for; each is read once. */
export class PromptRecords {
  readonly #byPath: ReadonlyMap<string, Template>;
  readonly #versions = new Map<string, Promise<readonly TemplateVersion[]>>();
  readonly #events = new Map<string, Promise<readonly Deployment[]>>();
  readonly #forms = new Map<string, Promise<ReadonlyMap<string, TemplateVersion>>>();

  private constructor(
    readonly store: Pick<Store, 'list' | 'getContent'>,
    readonly hash: Hash,
    readonly templates: readonly Template[],
  ) {
    this.#byPath = new Map(templates.map((template) => [template.path, template]));
  }

  static async read(store: Pick<Store, 'list' | 'getContent'>, hash: Hash): Promise<PromptRecords> {
    return new PromptRecords(store, hash, (await store.list('templates')).records);
  }

  at(path: string): Template | undefined {
    return this.#byPath.get(path);
  }

  /** What the records say stood in the template's file at a time (milliseconds); undefined before the first of them. */
  async deployedAt({ templateId }: Template, time: number): Promise<Deployment | undefined> {
    const events = this.#events.get(templateId) ?? this.#eventsOf(templateId);
    this.#events.set(templateId, events);
    return (await events).findLast(({ verified, deployedAt }) => verified && Date.parse(deployedAt) <= time);
  }

  /**
   * The newest version that holds a text, told by the hashes of forms of that text: to the byte, else in a form in which a
   * tool may have read it.
   */
  async versionOf(
    { templateId }: Template,
    contentHashes: readonly string[],
  ): Promise<TemplateVersion | undefined> {
    const reading = this.#versions.get(templateId) ?? this.#versionsOf(templateId);
    this.#versions.set(templateId, reading);
    const versions = await reading;
    const [exact] = contentHashes;
    const same = versions.find((each) => each.contentHash === exact);
    if (same) return same;
    const forms = this.#forms.get(templateId) ?? this.#formsOf(versions);
    this.#forms.set(templateId, forms);
    const known = await forms;
    return contentHashes.map((each) => known.get(each)).find((found) => found !== undefined);
  }

  async #eventsOf(templateId: string): Promise<readonly Deployment[]> {
    const { records } = await this.store.list('deployments', `${templateId}.`);
    return eventsOf(records, templateId);
  }

  /** Newest first. */
  async #versionsOf(templateId: string): Promise<readonly TemplateVersion[]> {
    const { records } = await this.store.list('versions', versionIdOf(templateId, ''));
    return records
      .filter((each) => each.templateId === templateId && !isDraft(each.version))
      .sort((a, b) => compareVersions(b.version, a.version));
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

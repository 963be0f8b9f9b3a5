import type { Correction, PromptInForce } from '../../model/correction';
import type { Template } from '../../model/template';
import type { Ports } from '../../ports';
import { PromptRecords } from './promptAttributionRecords';
import { PromptCandidates } from './promptCandidates';
import { promptForms } from './promptForms';
import { workedAt } from './workedAt';

type AttributionPorts = Pick<Ports, 'store' | 'fileHistory' | 'promptFiles' | 'hash'>;

/**
 * Says for corrections which prompt was in force: as the transcript says; else the version that was deployed at the time;
 * else, before the first deployment and for files that are no templates, the file as its history has it. Where nothing of
 * that is known, nothing is said.
 */
export class PromptAttribution {
  constructor(readonly ports: AttributionPorts) {}

  async attribute(corrections: readonly Correction[]): Promise<readonly Correction[]> {
    if (corrections.length === 0) return corrections;
    const records = await PromptRecords.read(this.ports.store, this.ports.hash);
    const one = new Attributing(this.ports, records);
    const attributed: Correction[] = [];
    for (const correction of corrections) {
      const promptInForce = await one.promptOf(correction);
      attributed.push(promptInForce === undefined ? correction : { ...correction, promptInForce });
    }
    return attributed;
  }
}

class Attributing {
  readonly #candidates: PromptCandidates;
  /** Of the forms of a text. */
  readonly #hashes = new Map<string, readonly string[]>();

  constructor(
    readonly ports: AttributionPorts,
    readonly records: PromptRecords,
  ) {
    this.#candidates = new PromptCandidates(ports, records);
  }

  async promptOf(correction: Correction): Promise<PromptInForce | undefined> {
    const known = correction.promptInForce;
    if (known) return known.basis === 'transcript' ? this.#asTold(known, workedAt(correction)) : known;
    for (const path of await this.#candidates.of(correction)) {
      const found = await this.#at(path, workedAt(correction));
      if (found) return found;
    }
    return undefined;
  }

  /**
   * What the transcript says, with the version that holds that text. The hash stays that of the text in the transcript,
   * unless the text is a version's but for what tools leave out of it: then it is that version's.
   */
  async #asTold(told: PromptInForce, time: string): Promise<PromptInForce> {
    const path = this.ports.fileHistory.within(told.path) ?? told.path;
    const template = this.records.at(path);
    const { contentHash } = told;
    if (contentHash === undefined) {
      const templateId = template === undefined ? {} : { templateId: template.templateId };
      return (await this.#at(path, time)) ?? { ...told, path, ...templateId };
    }
    return { ...told, path, ...(await this.#versionOf(template, [contentHash])) };
  }

  async #at(path: string, time: string): Promise<PromptInForce | undefined> {
    const template = this.records.at(path);
    const event = template && (await this.records.deployedAt(template, Date.parse(time)));
    if (template && event) {
      const { contentHashAfter: contentHash, toVersion: version } = event;
      // The deployment was rolled back to no file.
      if (contentHash === null || version === null) return undefined;
      return { path, contentHash, templateId: template.templateId, version, basis: 'deployment' };
    }
    const revision = await this.ports.fileHistory.at(path, time);
    if (!revision) return undefined;
    const hashes = this.#hashesOf(revision.text);
    return {
      path,
      ...(hashes[0] === undefined ? {} : { contentHash: hashes[0] }),
      ...(await this.#versionOf(template, hashes)),
      basis: 'file-history',
    };
  }

  #hashesOf(text: string): readonly string[] {
    const hashes = this.#hashes.get(text) ?? promptForms(text).map((form) => this.ports.hash.sha256(form));
    this.#hashes.set(text, hashes);
    return hashes;
  }

  async #versionOf(
    template: Template | undefined,
    contentHashes: readonly string[],
  ): Promise<Pick<PromptInForce, 'templateId' | 'version' | 'contentHash'>> {
    if (!template) return {};
    const { templateId } = template;
    const found = await this.records.versionOf(template, contentHashes);
    return found ? { templateId, version: found.version, contentHash: found.contentHash } : { templateId };
  }
}

import { PipelineError, throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Improvement } from '../model/improvement';
import type { Ports, Skipped } from '../ports';
import { readPrompt } from '../prompt/promptDocument';
import { permitted } from '../roles/access';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { decodePrompt, undecodableLine } from '../templates/promptText';
import type { Finding } from './finding';
import { lintPrompts } from './lintPrompts';
import { type LintedPrompt, lintedPrompt } from './lintSubject';
import { makeFixImprovement } from './makeFixImprovement';
import type { PromptFacts } from './promptFacts';
import { estimateTokens, type SectionCost, sectionCosts } from './sectionCosts';

export interface CheckedPrompt {
  readonly path: string;
  /** Estimated at four characters a token. */
  readonly tokens: number;
  readonly sections: readonly SectionCost[];
}

export interface PromptCheckResult {
  readonly findings: readonly Finding[];
  /** How many more there are that the person wants to hear nothing of. */
  readonly ignored: number;
  readonly prompts: readonly CheckedPrompt[];
  readonly skipped: readonly Skipped[];
}

type CheckPorts = Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'promptFiles' | 'access' | 'log'>;

/** What is outside of the core. */
export interface Surroundings {
  /** Makes the facts anew for each check. */
  facts(): PromptFacts;
  /** Lets the thread do other things. */
  breathe(): Promise<void>;
}

/** Longer ones are no prompts, and would keep the thread for seconds. In UTF-16 units. */
const longestPrompt = 1_000_000;

/** Checks the prompts themselves, before there is any correction. */
export class PromptCheck {
  /** As they were read last, by path: most have not changed from one check to the next. */
  #read = new Map<string, LintedPrompt>();

  constructor(
    readonly ports: CheckPorts,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
    readonly surroundings: Surroundings,
  ) {}

  /** Reads the prompt files as they are now; writes nothing. @throws PipelineError CANCELLED, PERMISSION_DENIED, STORAGE_FAILED */
  async check(options: { readonly signal?: AbortSignal } = {}): Promise<PromptCheckResult> {
    const { promptFiles, hash } = this.ports;
    const { records, skipped } = await promptFiles.discover();
    throwIfAborted(options.signal, 'prompts');
    const unreadable: Skipped[] = [];
    const prompts = records.flatMap(({ path, bytes }) => {
      const line = undecodableLine(bytes);
      if (line > 0) unreadable.push({ path, line, reason: 'is not UTF-8 text; it was not checked' });
      return line > 0 ? [] : [{ path, text: decodePrompt(bytes, path) }];
    });
    const { facts, breathe } = this.surroundings;
    const all = await lintPrompts({
      prompts: await this.#lint(prompts),
      facts: facts(),
      hash,
      breathe,
      ...options,
    });
    const unwanted = new Set(this.configuration.ignoredFindings);
    const findings = all.filter(({ findingId }) => !unwanted.has(findingId));
    return {
      findings,
      ignored: all.length - findings.length,
      prompts: await this.#costs(prompts),
      skipped: [...skipped, ...unreadable],
    };
  }

  async #costs(prompts: readonly { path: string; text: string }[]): Promise<readonly CheckedPrompt[]> {
    const costs: CheckedPrompt[] = [];
    for (const { path, text } of prompts) {
      await this.surroundings.breathe();
      costs.push({ path, tokens: estimateTokens(text), sections: sectionCosts(readPrompt(text)) });
    }
    return costs;
  }

  async #lint(prompts: readonly { path: string; text: string }[]): Promise<readonly LintedPrompt[]> {
    const read = new Map<string, LintedPrompt>();
    for (const { path, text } of prompts.filter((each) => each.text.length <= longestPrompt)) {
      const former = this.#read.get(path);
      if (former?.text !== text) await this.surroundings.breathe();
      read.set(path, former?.text === text ? former : lintedPrompt(path, text));
    }
    this.#read = read;
    return [...read.values()];
  }

  /**
   * One improvement a prompt with a hunk for each finding that has a fix, or for those asked for; the files are left as they are.
   * Asking again gives the open ones.
   * @throws PipelineError NOT_FOUND (a finding that is no more, or has no fix), LOCKED, CANCELLED, STORAGE_FAILED
   */
  async fix(
    options: { readonly findingIds?: readonly string[]; readonly signal?: AbortSignal } = {},
  ): Promise<readonly Improvement[]> {
    const { findingIds, signal } = options;
    await this.ports.access?.require('improvements.propose');
    const { templates } = await this.templates.adopt();
    const { findings } = await this.check(signal === undefined ? {} : { signal });
    const wanted = findings.filter(
      ({ findingId, fix }) =>
        fix !== undefined && (findingIds === undefined || findingIds.includes(findingId)),
    );
    const absent = findingIds?.find((id) => !wanted.some(({ findingId }) => findingId === id));
    if (absent !== undefined) throw nothingToFix(absent);
    return this.ports.store.exclusive(async () => {
      const made: Improvement[] = [];
      const concerned = templates.filter(({ path }) => wanted.some(({ place }) => place.path === path));
      for (const template of await permitted(this.ports, 'improvements.propose', concerned)) {
        const own = wanted.filter(({ place }) => place.path === template.path);
        throwIfAborted(signal, template.path);
        const version = template.deployedVersion ?? template.currentVersion;
        const base = await this.templates.versionText(template.templateId, version);
        const improvement = await makeFixImprovement(this.ports, {
          template,
          baseVersion: version,
          baseHash: base.version.contentHash,
          base: base.text,
          findings: own,
          chosen: findingIds !== undefined,
        });
        if (improvement !== undefined) made.push(improvement);
      }
      return made;
    });
  }
}

function nothingToFix(findingId: string): PipelineError {
  return new PipelineError('NOT_FOUND', 'This finding is gone, or has no fix.', {
    subject: findingId,
    remedy: 'Check the prompts again; nothing was changed.',
  });
}

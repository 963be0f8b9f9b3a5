import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import { countedCorrections } from '../capture/countedCorrections';
import { throwIfAborted } from '../errors';
import { sameAgent } from '../model/agentType';
import type { Configuration } from '../model/configuration';
import type { Observation } from '../model/observation';
import type { TemplateVersion } from '../model/template';
import type { Ports, Skipped } from '../ports';
import { ancestry, versionsBetween } from '../templates/lineage';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { addressedCorrections } from './addressedCorrections';
import { agentSessions } from './agentSessions';
import { answerHarm, type ObservedHarm } from './answerHarm';
import { type LivePeriod, livePeriods } from './livePeriods';
import { observeDeployment } from './observeDeployment';
import { patternMembers, patternRecords } from './patternMembers';
import { type RuleOptions, type Rules, readRules } from './readRules';

export interface ObserveOptions {
  readonly agentTypes?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Observed {
  /** The newest deployment first. */
  readonly observations: readonly Observation[];
  readonly alerts: readonly ObservedHarm[];
  readonly skipped: readonly Skipped[];
}

/** Looks at what deployments did in real use, keeps it, and answers harm. */
export class EffectObserver {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'log'>,
    readonly configuration: Configuration,
    readonly analyzer: PatternAnalyzer,
    readonly templates: PromptTemplateManager,
  ) {}

  /** @throws PipelineError CANCELLED, TIMED_OUT, LOCKED, STORAGE_FAILED */
  async observe({ agentTypes, signal }: ObserveOptions = {}): Promise<Observed> {
    const { store } = this.ports;
    const found = await this.#look(agentTypes, signal);
    const observations: Observation[] = [];
    const alerts: ObservedHarm[] = [];
    for (const observation of found.observations) {
      throwIfAborted(signal, observation.deploymentId);
      const kept = await store.exclusive(async () => {
        const former = await store.get('observations', observation.deploymentId);
        const merged = { ...observation, ...carried(former) };
        await store.put('observations', merged);
        return merged;
      });
      const answered = await answerHarm(this.ports, this.configuration, this.templates, kept);
      observations.push(answered.observation);
      if (answered.alert !== undefined) alerts.push(answered.alert);
    }
    return { observations, alerts, skipped: found.skipped };
  }

  /** The accepted rules in the live texts of prompts, with their effects. Writes nothing. @throws PipelineError CANCELLED, NOT_FOUND */
  rules(options: RuleOptions = {}): Promise<Rules> {
    return readRules(this.ports, this.analyzer, options);
  }

  async #look(
    agentTypes: readonly string[] | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Pick<Observed, 'observations' | 'skipped'>> {
    const { store, clock } = this.ports;
    const templates = await store.list('templates');
    const deployments = await store.list('deployments');
    const versions = await store.list('versions');
    const sessions = await store.readLog('sessions');
    const corrections = await countedCorrections(store);
    const patterns = await patternRecords(store);
    const wanted = templates.records.filter(
      ({ agentType }) => agentTypes === undefined || agentTypes.some((asked) => sameAgent(asked, agentType)),
    );
    const subjects = wanted.flatMap(({ templateId }) =>
      deployedPairs(livePeriods(deployments.records, templateId)),
    );
    const listings = [templates, deployments, versions, sessions, corrections, patterns];
    const skipped = listings.flatMap((each) => each.skipped);
    if (subjects.length === 0) return { observations: [], skipped };
    const members = await patternMembers(this.analyzer, patterns, signal);
    const now = clock.now().toISOString();
    const observations = subjects.map(({ before, after }) => {
      const patternIds = addressedBy(versions.records, before, after);
      const addressed = addressedCorrections(members, patternIds);
      const observed = agentSessions(sessions.records, corrections.records, after.event.agentType, (id) =>
        addressed.has(id),
      );
      return observeDeployment({ before, after, patternIds, observed, now });
    });
    return { observations: observations.sort(newestFirst), skipped };
  }
}

function deployedPairs(periods: readonly LivePeriod[]): { before: LivePeriod; after: LivePeriod }[] {
  return periods.flatMap((after, index) => {
    const before = periods[index - 1];
    return before === undefined || after.event.kind !== 'deploy' ? [] : [{ before, after }];
  });
}

/** Patterns that what was deployed addresses and what stood there before did not. A copy addresses what its original does. */
function addressedBy(versions: readonly TemplateVersion[], before: LivePeriod, after: LivePeriod): string[] {
  const own = versions.filter(({ templateId }) => templateId === after.event.templateId);
  if (after.version === null) return [];
  const patternsOf = ({ patternIds, copiedFrom }: TemplateVersion): readonly string[] => {
    const original = versions.find(({ versionId }) => versionId === copiedFrom);
    if (original === undefined) return patternIds;
    const siblings = versions.filter(({ templateId }) => templateId === original.templateId);
    return [...patternIds, ...ancestry(siblings, original.version).flatMap((each) => each.patternIds)];
  };
  const former = new Set(ancestry(own, before.version).flatMap(patternsOf));
  const brought = versionsBetween(own, after.version, before.version).flatMap(patternsOf);
  return [...new Set(brought)].filter((id) => !former.has(id)).sort();
}

/** What was done about a deployment stays with it. */
function carried(former: Observation | undefined): Pick<Observation, 'harmFoundAt' | 'rolledBack'> {
  return {
    ...(former?.harmFoundAt === undefined ? {} : { harmFoundAt: former.harmFoundAt }),
    ...(former?.rolledBack === undefined ? {} : { rolledBack: former.rolledBack }),
  };
}

function newestFirst(a: Observation, b: Observation): number {
  const [left, right] = [a.after.from ?? '', b.after.from ?? ''];
  return left === right ? (a.deploymentId < b.deploymentId ? -1 : 1) : left < right ? 1 : -1;
}

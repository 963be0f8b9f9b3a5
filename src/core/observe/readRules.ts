import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import { countedCorrections } from '../capture/countedCorrections';
import { throwIfAborted } from '../errors';
import { sameAgent } from '../model/agentType';
import type { Ports, Skipped } from '../ports';
import { decodePrompt } from '../templates/promptText';
import { addressedCorrections } from './addressedCorrections';
import { patternMembers, patternRecords } from './patternMembers';
import { type PrunedRule, prunedRules, type RuleEffect, type RuleRecords, ruleEffects } from './ruleEffects';

export interface RuleOptions {
  readonly templateId?: string;
  readonly agentTypes?: readonly string[];
  readonly signal?: AbortSignal;
}

export interface Rules {
  /** By prompt, then in the order of their lines. */
  readonly rules: readonly RuleEffect[];
  readonly pruned: readonly PrunedRule[];
  readonly skipped: readonly Skipped[];
}

/** The rules in the live texts of prompts with their effects. Writes nothing. @throws PipelineError CANCELLED, NOT_FOUND (a text is gone) */
export async function readRules(
  { store }: Pick<Ports, 'store'>,
  analyzer: PatternAnalyzer,
  { templateId, agentTypes, signal }: RuleOptions,
): Promise<Rules> {
  const templates = await store.list('templates');
  const listings = {
    versions: await store.list('versions'),
    deployments: await store.list('deployments'),
    improvements: await store.list('improvements'),
    experiments: await store.list('experiments'),
    sessions: await store.readLog('sessions'),
    corrections: await countedCorrections(store),
  };
  const patterns = await patternRecords(store);
  const skipped = [templates, patterns, ...Object.values(listings)].flatMap((each) => each.skipped);
  const wanted = templates.records.filter(
    (each) =>
      (templateId === undefined || each.templateId === templateId) &&
      (agentTypes === undefined || agentTypes.some((asked) => sameAgent(asked, each.agentType))),
  );
  if (listings.improvements.records.length === 0) return { rules: [], pruned: [], skipped };
  const members = await patternMembers(analyzer, patterns, signal);
  const records: RuleRecords = {
    versions: listings.versions.records,
    deployments: listings.deployments.records,
    improvements: listings.improvements.records,
    experiments: listings.experiments.records,
    sessions: listings.sessions.records,
    corrections: listings.corrections.records,
    addressed: (patternIds) => addressedCorrections(members, patternIds),
  };
  const rules: RuleEffect[] = [];
  for (const template of wanted) {
    throwIfAborted(signal, template.templateId);
    const live = records.versions.find(
      (each) => each.templateId === template.templateId && each.version === template.deployedVersion,
    );
    if (live === undefined) continue;
    const text = decodePrompt(await store.getContent(live.contentHash), live.versionId);
    rules.push(...ruleEffects(template, text, records));
  }
  return { rules, pruned: wanted.flatMap((template) => prunedRules(template, records)), skipped };
}

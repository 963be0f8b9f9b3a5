import { acceptedHunks } from '../canary/removalCandidate';
import { type RemovalTest, removalTest } from '../canary/removalTests';
import { estimateTokens } from '../languageModel/tokens';
import type { Correction, Session } from '../model/correction';
import type { Experiment, ExperimentEnd } from '../model/experiment';
import type { Improvement } from '../model/improvement';
import type { Deployment, Template, TemplateVersion } from '../model/template';
import { kindOf } from '../prompt/kinds/kindOf';
import { hunkText } from '../review/applyHunks';
import { bareLines } from '../review/placeHunk';
import { findBroughtLine } from '../review/promptMarks';
import { hunksIn } from '../templates/hunksIn';
import { ancestry } from '../templates/lineage';
import { agentSessions } from './agentSessions';
import { livePeriods } from './livePeriods';
import { type RuleRates, type RuleState, ruleRates, ruleSpans, ruleState } from './ruleRates';

/** What can be done about a rule: try it without, or leave it out since that was tried and it was not missed. */
export type RuleOffer = 'test-removal' | 'prune';

/** One accepted hunk that stands in the live text of a prompt, with what became of the corrections that it was to cure. */
export interface RuleEffect {
  readonly hunkId: string;
  readonly improvementId: string;
  readonly templateId: string;
  readonly agentType: string;
  readonly path: string;
  /** Line of the live text, from 1. */
  readonly line: number;
  readonly section: string;
  readonly text: string;
  readonly patternIds: readonly string[];
  /** Version that brought it, and when that was first live; null where no record tells. */
  readonly version: string | null;
  readonly since: string | null;
  /** Of its text; estimated. */
  readonly tokens: number;
  /** What the prompt would be shorter without it: less where it replaced other words. Estimated. */
  readonly tokensSaved: number;
  /** Before and after; observational, also where an experiment brought the rule. */
  readonly rates: RuleRates;
  readonly state: RuleState;
  /** The experiment that promoted the version which brought it. */
  readonly experiment?: Pick<ExperimentEnd, 'cause' | 'reason'> & { readonly experimentId: string };
  readonly removal?: RemovalTest;
  readonly offer: RuleOffer | null;
}

/** A rule that a test showed not to be missed and that is gone from the live text. */
export interface PrunedRule {
  readonly hunkId: string;
  readonly templateId: string;
  readonly path: string;
  readonly text: string;
  /** Estimated. */
  readonly tokensSaved: number;
  readonly experimentId: string;
}

export interface RuleRecords {
  readonly versions: readonly TemplateVersion[];
  readonly deployments: readonly Deployment[];
  readonly improvements: readonly Improvement[];
  readonly experiments: readonly Experiment[];
  readonly sessions: readonly Session[];
  /** Those that count. */
  readonly corrections: readonly Correction[];
  /** Ids of the corrections of patterns, before and after alike. */
  readonly addressed: (patternIds: readonly string[]) => ReadonlySet<string>;
}

const tokensSavedBy = (text: string, before: string): number => estimateTokens(text) - estimateTokens(before);

/** The rules in the live text of a prompt, in the order of their lines. Pure. */
export function ruleEffects(
  template: Template,
  liveText: string,
  records: RuleRecords,
): readonly RuleEffect[] {
  const { templateId, agentType, path, deployedVersion } = template;
  const { versions, experiments } = records;
  const hunks = acceptedHunks(records.improvements);
  const lines = bareLines(liveText);
  const periods = livePeriods(records.deployments, templateId);
  const held = periods.map(({ version }) => hunksIn(versions, templateId, version));
  const line = ancestry(
    versions.filter((each) => each.templateId === templateId),
    deployedVersion,
  );
  const effects = [...hunksIn(versions, templateId, deployedVersion)].flatMap((hunkId): RuleEffect[] => {
    const found = hunks.get(hunkId);
    const place = found && findBroughtLine(lines, found.hunk);
    if (found === undefined || place === undefined) return [];
    const { hunk, improvement } = found;
    const spans = ruleSpans(periods, (period) => held[periods.indexOf(period)]?.has(hunkId) === true);
    const addressed = records.addressed(hunk.patternIds);
    const observed = agentSessions(records.sessions, records.corrections, agentType, (id) =>
      addressed.has(id),
    );
    const rates = ruleRates(observed.sessions, spans);
    const state = ruleState(rates, hunk.patternIds.length > 0);
    const since = spans.with[0]?.from ?? Number.NEGATIVE_INFINITY;
    const experiment = broughtBy(hunkId, templateId, records);
    const removal = removalTest(experiments, versions, templateId, hunkId);
    return [
      {
        ...{ hunkId, improvementId: improvement.improvementId, templateId, agentType, path },
        line: place + 1,
        section: hunk.section,
        text: hunkText(hunk),
        patternIds: hunk.patternIds,
        version: line.findLast(({ hunkIds }) => hunkIds.includes(hunkId))?.version ?? null,
        since: Number.isFinite(since) ? new Date(since).toISOString() : null,
        tokens: estimateTokens(hunkText(hunk)),
        tokensSaved: tokensSavedBy(hunkText(hunk), hunk.before),
        ...{ rates, state },
        ...(experiment && { experiment }),
        ...(removal && { removal }),
        offer: offerOf(state, removal, path),
      },
    ];
  });
  return effects.sort((a, b) => a.line - b.line || (a.hunkId < b.hunkId ? -1 : 1));
}

/** Only an agent's own file can be tried without a line: in others, sessions can be told more and never less. */
function offerOf(state: RuleState, removal: RemovalTest | undefined, path: string): RuleOffer | null {
  if (removal?.finding === 'not-missed') return 'prune';
  const isOpen = removal === undefined || removal.finding === 'undecided';
  return state === 'vanished' && isOpen && kindOf(path)?.id === 'claude-agent' ? 'test-removal' : null;
}

function broughtBy(
  hunkId: string,
  templateId: string,
  { experiments, versions }: RuleRecords,
): RuleEffect['experiment'] {
  const found = experiments.find(
    (each) =>
      each.templateId === templateId &&
      each.status === 'promoted' &&
      hunksIn(versions, templateId, each.candidate.version).has(hunkId) &&
      !hunksIn(versions, templateId, each.baseline.version).has(hunkId),
  );
  if (found?.end == null) return undefined;
  return { experimentId: found.experimentId, cause: found.end.cause, reason: found.end.reason };
}

/** The rules that were taken out after a test, as long as the live text is without them. Pure. */
export function prunedRules(template: Template, records: RuleRecords): readonly PrunedRule[] {
  const { templateId, path, deployedVersion } = template;
  const { versions, experiments } = records;
  const own = versions.filter((each) => each.templateId === templateId);
  const held = hunksIn(versions, templateId, deployedVersion);
  const hunks = acceptedHunks(records.improvements);
  const removed = new Set(
    ancestry(own, deployedVersion).flatMap(({ removedHunkIds = [] }) => removedHunkIds),
  );
  return [...removed].sort().flatMap((hunkId): PrunedRule[] => {
    const hunk = hunks.get(hunkId)?.hunk;
    const test = removalTest(experiments, versions, templateId, hunkId);
    if (hunk === undefined || held.has(hunkId) || test?.finding !== 'not-missed') return [];
    const text = hunkText(hunk);
    const tokensSaved = tokensSavedBy(text, hunk.before);
    return [{ hunkId, templateId, path, text, tokensSaved, experimentId: test.experimentId }];
  });
}

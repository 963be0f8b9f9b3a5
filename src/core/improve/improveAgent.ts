import { throwIfAborted } from '../errors';
import { sameAgent } from '../model/agentType';
import type { Configuration } from '../model/configuration';
import type { Improvement, RuleScope } from '../model/improvement';
import type { Pattern } from '../model/pattern';
import type { Ports } from '../ports';
import { readPrompt } from '../prompt/promptDocument';
import { allOrNothing } from '../transaction/allOrNothing';
import type { TransactionPorts } from '../transaction/takeBack';
import { splitSessions } from '../validate/heldOut';
import { composeImprovement, type ImprovementFrame } from './composeImprovement';
import { eligible, pendingElsewhere, sortOpen, subjectsOf } from './eligibility';
import { keepImprovement, supersede } from './keepImprovements';
import { OutcomeWeights } from './outcomes/outcomeWeights';
import {
  type Ground,
  type Outcome,
  type Proposal,
  proposeForInstruction,
  proposeForPattern,
} from './proposal';
import type { Evidence } from './readEvidence';
import type { Route } from './scope/routePatterns';
import { Selection } from './selection';
import { standingInstructions } from './standingInstructions';
import type { RuleRequest, RuleWriter } from './write/writer';

/** A prompt as it is in force, and what of an agent's rules belongs in it. */
export interface AgentTask extends Route {
  readonly agentType: string;
  readonly baseVersion: string;
  readonly baseHash: string;
  readonly base: string;
  readonly patternIds?: readonly string[];
  readonly writers: readonly RuleWriter[];
  /** Told of what is not proposed, and why. */
  readonly onDropped?: (about: string, reason: string) => void;
  readonly signal?: AbortSignal;
}

type ImproverPorts = TransactionPorts & Pick<Ports, 'audit'>;

/** Makes, stores and returns an agent's improvements: still open ones first as they are, then new ones. */
export async function improveAgent(
  ports: ImproverPorts,
  configuration: Configuration,
  evidence: Evidence,
  task: AgentTask,
): Promise<readonly Improvement[]> {
  const { agentType, templateId, baseHash, patternIds } = task;
  const own = evidence.improvements.filter(
    (each) => each.templateId === templateId && sameAgent(each.agentType, agentType),
  );
  const open = sortOpen(own, baseHash, patternIds === undefined);
  const { proposals, unheld } = await propose(ports, configuration, evidence, task, open.kept, own);
  const { improvementConfidenceThreshold: threshold } = configuration;
  const strong = (each: Proposal) => each.hunk.patternIds.length > 0 && each.hunk.confidence >= threshold;
  const made: Improvement[] = [];
  const unchanged: Improvement[] = [];
  for (const status of ['proposed', 'draft'] as const) {
    const [first, ...rest] = proposals.filter((each) => strong(each) === (status === 'proposed'));
    if (first === undefined) continue;
    const improvement = await compose(ports, [first, ...rest], task, status, open.drafts);
    const former = open.drafts.find((each) => each.improvementId === improvement.improvementId);
    if (former === undefined) made.push(improvement);
    else unchanged.push(former);
  }
  const [firstMade] = made;
  if (firstMade !== undefined && unheld.length > 0) made[0] = { ...firstMade, advice: [...unheld] };
  const left: Improvement[] = [];
  const replacedOnes: Improvement[] = [];
  const subjects = new Set(
    [...open.kept, ...made, ...unchanged].flatMap(({ hunks }) => hunks.flatMap(subjectsOf)),
  );
  const standIns = made.map(({ improvementId }) => improvementId);
  for (const former of [...open.stale, ...open.drafts.filter((each) => !unchanged.includes(each))]) {
    const replaced =
      made.length > 0 && former.hunks.some((hunk) => subjectsOf(hunk).some((each) => subjects.has(each)));
    if (replaced) replacedOnes.push(former);
    else left.push(former);
  }
  if (made.length > 0) {
    await allOrNothing(ports, { what: `propose for ${agentType}`, subject: templateId }, async (write) => {
      for (const improvement of made)
        await keepImprovement(ports, improvement, task.base, evidence.patterns, write);
      for (const former of replacedOnes) await supersede(ports, former, standIns, write);
    });
  }
  return [...open.kept, ...left, ...unchanged, ...made]
    .filter(
      (each) =>
        patternIds === undefined ||
        each.hunks.some((hunk) => hunk.patternIds.some((id) => patternIds.includes(id))),
    )
    .sort(proposedFirst);
}

/** What the writers would be asked for an agent, in that order. Stores nothing and says nothing. */
export async function plannedRequests(
  ports: ImproverPorts,
  configuration: Configuration,
  evidence: Evidence,
  task: Omit<AgentTask, 'writers'>,
): Promise<readonly RuleRequest[]> {
  const { agentType, templateId, baseHash, patternIds } = task;
  const own = evidence.improvements.filter(
    (each) => each.templateId === templateId && sameAgent(each.agentType, agentType),
  );
  const { kept } = sortOpen(own, baseHash, patternIds === undefined);
  const requests: RuleRequest[] = [];
  const recorder: RuleWriter = {
    write: async (request) => {
      requests.push(request);
      return [];
    },
  };
  const silent = () => undefined;
  const quiet = { debug: silent, info: silent, warn: silent, error: silent };
  await propose(
    { ...ports, log: quiet },
    configuration,
    evidence,
    { ...task, writers: [recorder] },
    kept,
    own,
  );
  return requests;
}

function proposedFirst(a: Improvement, b: Improvement): number {
  if (a.status !== b.status) return a.status === 'proposed' ? -1 : 1;
  return a.createdAt < b.createdAt
    ? -1
    : a.createdAt > b.createdAt
      ? 1
      : a.improvementId < b.improvementId
        ? -1
        : 1;
}

interface Proposed {
  readonly proposals: readonly Proposal[];
  /** Rules that stand in the prompt and that no wording holds. */
  readonly unheld: NonNullable<Improvement['advice']>;
}

async function propose(
  { log, hash, clock }: ImproverPorts,
  configuration: Configuration,
  evidence: Evidence,
  task: AgentTask,
  kept: readonly Improvement[],
  own: readonly Improvement[],
): Promise<Proposed> {
  const { agentType, templateId, base, patternIds } = task;
  const corrections = evidence.corrections.filter((each) => sameAgent(each.agentType, agentType));
  const ground: Ground = {
    agentType,
    templateId,
    base,
    document: readPrompt(base),
    corrections,
    training: splitSessions(corrections).training,
    writers: task.writers,
    former: own.flatMap(({ hunks }) => hunks),
    outcomes: new OutcomeWeights(evidence.outcomes, agentType),
    hash,
    ...(task.signal === undefined ? {} : { signal: task.signal }),
  };
  const takenHunks = kept.flatMap(({ hunks }) => hunks);
  const taken = new Set([
    ...takenHunks.flatMap(subjectsOf),
    ...pendingElsewhere(evidence.improvements, templateId),
  ]);
  const selection = new Selection(takenHunks);
  const unheld: NonNullable<Improvement['advice']> = [];
  const consider = (name: string, outcome: Outcome, scope: RuleScope) => {
    const skipped =
      'skipped' in outcome
        ? outcome.skipped
        : selection.add({ ...outcome, hunk: { ...outcome.hunk, scope } });
    if (skipped === undefined) return;
    log.info(`${name} of ${agentType}: nothing is proposed, since ${skipped}.`);
    task.onDropped?.(name, skipped);
  };
  const patterns = evidence.patterns.filter((each) => sameAgent(each.agentType, agentType));
  for (const pattern of patterns.toSorted(strongestFirst)) {
    throwIfAborted(task.signal, pattern.patternId);
    const scope = task.scopes.get(pattern.patternId);
    if (scope === undefined || taken.has(pattern.patternId)) continue;
    if (patternIds?.includes(pattern.patternId) === false) continue;
    const decision = evidence.decisions.get(pattern.patternId);
    const open = eligible(pattern, decision, corrections, ground.former, clock.now().toISOString());
    if (open === undefined) continue;
    const outcome = await proposeForPattern(pattern, ground, open);
    consider(`Pattern ${pattern.patternId}`, outcome, scope);
    if ('skipped' in outcome && outcome.unheld !== undefined) {
      const { rule, advice } = outcome.unheld;
      unheld.push({ patternId: pattern.patternId, rule, advice });
      const files = advice.files.map(({ path }) => path).join(', ');
      log.warn(
        `“${rule}” stands in the prompt and is not followed. ${advice.reason}${files === '' ? '' : ` Drafted: ${files}.`}`,
      );
    }
  }
  if (patternIds !== undefined || task.standing === undefined) {
    return { proposals: selection.chosen, unheld };
  }
  for (const each of standingInstructions(evidence.corrections, agentType, patterns, own, configuration)) {
    throwIfAborted(task.signal, each.correctionId);
    if (taken.has(each.correctionId)) continue;
    consider(`Correction ${each.correctionId}`, await proposeForInstruction(each, ground), task.standing);
  }
  return { proposals: selection.chosen, unheld };
}

function strongestFirst(a: Pattern, b: Pattern): number {
  return b.confidence - a.confidence || (a.patternId < b.patternId ? -1 : 1);
}

/** The same hunks that were decided about before get an id of a further round, so that no decision is overwritten. */
async function compose(
  { store, clock, hash }: ImproverPorts,
  proposals: readonly [Proposal, ...Proposal[]],
  task: AgentTask,
  status: ImprovementFrame['status'],
  drafts: readonly Improvement[],
): Promise<Improvement> {
  const { agentType, templateId, baseVersion, baseHash } = task;
  const frame = {
    status,
    templateId,
    agentType,
    baseVersion,
    baseHash,
    createdAt: clock.now().toISOString(),
  };
  for (let round = 0; ; round++) {
    const improvement = composeImprovement(proposals, { ...frame, round }, hash);
    const stored = await store.get('improvements', improvement.improvementId);
    const open = drafts.some((each) => each.improvementId === improvement.improvementId);
    if (stored === undefined || stored.status === 'superseded' || open) return improvement;
  }
}

import type { PatternAnalyzer } from '../analysis/patternAnalyzer';
import { countedCorrections } from '../capture/countedCorrections';
import { isPipelineError, throwIfAborted } from '../errors';
import type { Configuration } from '../model/configuration';
import type { Experiment } from '../model/experiment';
import { addressedCorrections } from '../observe/addressedCorrections';
import { patternMembers, patternRecords } from '../observe/patternMembers';
import type { Ports, Skipped } from '../ports';
import { assess } from './assess';
import type { Assessment } from './assessment';
import type { CanaryExperiments } from './canaryExperiments';
import { candidateFault } from './candidateFault';
import { type Decision, decide } from './decide';
import { experimentUnits } from './units';

export interface ExperimentStatus {
  readonly experiment: Experiment;
  readonly assessment: Assessment;
  /** What the rule says now; null for an experiment that has ended. */
  readonly decision: Decision | null;
}

export interface ExperimentStatuses {
  /** The running ones first, then the newest. */
  readonly statuses: readonly ExperimentStatus[];
  readonly skipped: readonly Skipped[];
}

/** What a check did about one experiment. */
export interface CheckedExperiment extends ExperimentStatus {
  /** `waits`: a promotion is due, and a person has to make it. `refused`: what was due could not be done; `notes` say why. */
  readonly done:
    | 'nothing'
    | 'stage'
    | 'promoted'
    | 'rolled-back'
    | 'ended'
    | 'waits'
    | 'reported'
    | 'refused';
  readonly notes: readonly string[];
}

export interface WatchOptions {
  readonly experimentId?: string;
  readonly signal?: AbortSignal;
}

/** Looks at experiments with all that is recorded, and does what their rule says. */
export class CanaryWatch {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'hash' | 'clock' | 'log'>,
    readonly configuration: Configuration,
    readonly analyzer: PatternAnalyzer,
    readonly experiments: Pick<CanaryExperiments, 'setStage' | 'promote' | 'end'>,
  ) {}

  /** Writes nothing. @throws PipelineError CANCELLED, TIMED_OUT */
  async look({ experimentId, signal }: WatchOptions = {}): Promise<ExperimentStatuses> {
    const { store, clock } = this.ports;
    const experiments = await store.list('experiments');
    const wanted = experiments.records.filter(
      (each) => experimentId === undefined || each.experimentId === experimentId,
    );
    if (wanted.length === 0) return { statuses: [], skipped: experiments.skipped };
    const exposures = await store.readLog('exposures');
    const sessions = await store.readLog('sessions');
    const corrections = await countedCorrections(store);
    const patterns = await patternRecords(store);
    // Which corrections are of a pattern takes an analysis; without patterns, or a session, none.
    const isAsked = exposures.records.length > 0 && wanted.some(({ patternIds }) => patternIds.length > 0);
    const members = isAsked
      ? await patternMembers(this.analyzer, patterns, signal)
      : { ...patterns, analysis: { patterns: [], clusters: [] } };
    const statuses: ExperimentStatus[] = [];
    for (const experiment of wanted.toSorted(runningFirst)) {
      throwIfAborted(signal, experiment.experimentId);
      const running = experiment.status === 'running';
      const addressed = addressedCorrections(members, experiment.patternIds);
      // What came after its end belongs to no experiment.
      const now = experiment.end === null ? clock.now().getTime() : Date.parse(experiment.end.at);
      const joined = experimentUnits(
        experiment,
        exposures.records,
        sessions.records,
        corrections.records,
        (id) => addressed.has(id),
        now,
      );
      const assessment = assess(experiment, joined, exposures.records);
      const fault = running ? await candidateFault(this.ports, experiment) : undefined;
      const situation = { experiment, evidence: assessment, now };
      const decision = running
        ? decide({ ...situation, ...(fault === undefined ? {} : { candidateFault: fault }) })
        : null;
      statuses.push({ experiment, assessment, decision });
    }
    const listings = [experiments, exposures, sessions, corrections, patterns];
    return { statuses, skipped: listings.flatMap((each) => each.skipped) };
  }

  /**
   * Looks at the running experiments and follows the rule of each. What is refused (a role, a file that was changed) leaves that experiment as it is.
   * @throws PipelineError CANCELLED, TIMED_OUT, STORAGE_FAILED
   */
  async check(options: WatchOptions = {}): Promise<readonly CheckedExperiment[]> {
    const checked: CheckedExperiment[] = [];
    for (const status of (await this.look(options)).statuses) {
      if (status.decision === null) continue;
      throwIfAborted(options.signal, status.experiment.experimentId);
      checked.push(await this.#follow(status, status.decision));
    }
    return checked;
  }

  async #follow(status: ExperimentStatus, decision: Decision): Promise<CheckedExperiment> {
    const { experiment } = status;
    try {
      return await this.#carryOut(status, decision);
    } catch (error) {
      if (!isPipelineError(error)) throw error;
      const problem = `${error.message} ${error.remedy}`;
      this.ports.log.warn(`${experiment.experimentId}: ${decision.action} was refused: ${problem}`);
      return { ...status, done: 'refused', notes: [problem] };
    }
  }

  async #carryOut(status: ExperimentStatus, decision: Decision): Promise<CheckedExperiment> {
    const { experiment, assessment } = status;
    const { experimentId, dryRun } = experiment;
    const { reason } = decision;
    const made = { reason, automatic: true, inputs: inputsOf(assessment) };
    switch (decision.action) {
      case 'go-on':
        return { ...status, done: 'nothing', notes: [] };
      case 'stage': {
        const after = await this.experiments.setStage(experimentId, decision.stage);
        return { ...status, experiment: after, done: 'stage', notes: [] };
      }
      case 'end': {
        const ended = await this.experiments.end(experimentId, { ...made, cause: decision.cause });
        return { ...status, ...ended, done: 'ended' };
      }
      case 'roll-back': {
        if (dryRun) return { ...status, done: 'reported', notes: [] };
        const ended = await this.experiments.end(experimentId, { ...made, cause: decision.cause });
        return { ...status, ...ended, done: 'rolled-back' };
      }
      case 'promote': {
        if (dryRun) return { ...status, done: 'reported', notes: [] };
        const byItself = experiment.promotesItself || this.configuration.autoDeploymentEnabled;
        if (!byItself) return { ...status, done: 'waits', notes: [] };
        const ended = await this.experiments.promote(experimentId, { ...made, cause: decision.cause });
        return { ...status, ...ended, done: 'promoted' };
      }
    }
  }
}

/** What a decision rests on, as the record and the audit log keep it. */
export function inputsOf({
  sessions,
  goal,
  harm,
  ratio,
  metrics,
  unsettled,
  withoutTranscript,
}: Assessment): Record<string, unknown> {
  return {
    sessions,
    goal,
    harm,
    ratio,
    notWorse: Object.fromEntries(metrics.map(({ key, notWorse }) => [key, notWorse])),
    unsettled,
    withoutTranscript,
  };
}

function runningFirst(a: Experiment, b: Experiment): number {
  const rank = ({ status }: Experiment) => (status === 'running' ? 0 : 1);
  return rank(a) - rank(b) || Date.parse(b.startedAt) - Date.parse(a.startedAt);
}

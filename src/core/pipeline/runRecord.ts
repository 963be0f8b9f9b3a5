import type { Execution, StageName, StageRecord } from '../model/execution';
import type { Ports } from '../ports';
import type { StageRun } from './runStage';
import { stageText } from './unfinishedRuns';

/** The record of a run that goes on: kept at the beginning and at the end of every stage. */
export class RunRecord {
  readonly #ports: Pick<Ports, 'store' | 'log'>;
  #execution: Execution;

  constructor(ports: Pick<Ports, 'store' | 'log'>, execution: Execution) {
    this.#ports = ports;
    this.#execution = execution;
  }

  get execution(): Execution {
    return this.#execution;
  }

  async change(changes: Partial<Execution>): Promise<void> {
    this.#execution = { ...this.#execution, ...changes };
    await this.#ports.store.put('executions', this.#execution);
  }

  /** The stage as it ended before the run was interrupted; one that was cut is to be done again. */
  finished(stage: StageName, agentType: string | null): StageRecord | undefined {
    return this.#execution.stages.find(
      (record) =>
        record.stage === stage &&
        record.agentType === agentType &&
        (record.status === 'completed' || record.status === 'failed'),
    );
  }

  /** Does one stage; a record of the same stage and agent is replaced. */
  async stage<T>(
    stage: StageName,
    agentType: string | null,
    work: () => Promise<StageRun<T>>,
  ): Promise<T | undefined> {
    await this.change({ current: { stage, agentType } });
    const { record, value } = await work();
    if (record.error) {
      const { code, message, subject } = record.error;
      this.#ports.log.error(`${stageText(record)}: ${code}: ${message} (${subject})`);
    }
    await this.add(record);
    return value;
  }

  async add(record: StageRecord): Promise<void> {
    const { current: _, ...rest } = this.#execution;
    this.#execution = rest;
    const at = rest.stages.findIndex(
      ({ stage, agentType }) => stage === record.stage && agentType === record.agentType,
    );
    await this.change({ stages: at < 0 ? [...rest.stages, record] : rest.stages.with(at, record) });
  }
}

import type { BackupState } from '../backup/backupHealth';
import type { CorrectionSource } from '../capture/correctionSource';
import type { Configuration } from '../model/configuration';
import type { HealthStatus } from '../model/execution';
import type { Ports, Skipped } from '../ports';
import type { HealthRecords } from './healthRecords';

/** What health asks of the machine. */
export interface HealthProbes {
  /** Of the disk that holds the records, for this person. Bytes. */
  diskSpace(): Promise<{ readonly free: number; readonly total: number }>;
  /** When a file was changed last. Milliseconds since 1970; `undefined` where there is none. */
  changedAt(path: string): Promise<number | undefined>;
  /**
   * Tries to write beside a prompt file and looks at its permissions, and leaves both as they were. The reason why it cannot be written,
   * else `undefined`.
   */
  unwritable(path: string): Promise<string | undefined>;
  backups(): Promise<BackupState>;
}

/** Whether the chosen model can be reached, without spending a token. */
export interface ModelProbe {
  /** `provider:name` */
  readonly id: string;
  /** @throws PipelineError where the service refuses or is out of reach */
  probe(signal?: AbortSignal): Promise<{
    /** `not-probed`: the provider offers nothing that costs nothing. */
    readonly state: 'reachable' | 'not-listed' | 'not-probed';
    readonly detail: string;
  }>;
}

/** The webhook that is set. */
export interface WebhookState {
  /** Only the origin: a path or query may hold a secret. */
  readonly origin: string;
  /** False: it comes with the folder, and the person has not allowed it. */
  readonly allowed: boolean;
  /** Why this is no address that can be told. */
  readonly fault?: string;
}

export interface HealthContext {
  readonly ports: Pick<Ports, 'store' | 'promptFiles' | 'clock' | 'hash' | 'cache'>;
  readonly configuration: Configuration;
  readonly probes: HealthProbes;
  readonly sources: readonly CorrectionSource[];
  /** `undefined`: none is chosen. */
  readonly model?: ModelProbe | undefined;
  readonly webhook?: WebhookState | undefined;
  /** Every collection and log, read once at most. */
  readonly records: HealthRecords;
  readonly signal?: AbortSignal | undefined;
}

/** What a check saw that a rule may raise an alert for. */
export type Observation =
  | ({ readonly kind: 'unreadable' } & Skipped)
  | {
      readonly kind: 'drift';
      readonly templateId: string;
      readonly path: string;
      readonly version: string;
      /** What the file should hold was written by it. */
      readonly deploymentId: string;
      readonly exists: boolean;
    }
  | {
      readonly kind: 'target';
      readonly templateId: string;
      readonly path: string;
      readonly line: number;
      readonly reason: string;
      readonly remedy: string;
    }
  | {
      readonly kind: 'unread-source';
      readonly source: string;
      readonly path: string;
      /** Days that its newest session has waited. */
      readonly days: number;
    }
  | { readonly kind: 'audit'; readonly firstBroken: string };

export interface CheckOutcome {
  readonly status: HealthStatus;
  readonly detail: string;
  readonly observations?: readonly Observation[];
}

/** One component that proves its state by doing something small and real. A new one is one file in `checks` and one line in the registry. */
export interface HealthCheck {
  readonly name: string;
  /** What is done to find out, for a reader. */
  readonly checkedBy: string;
  /** What it throws makes the component failing, with its message. */
  run(context: HealthContext): Promise<CheckOutcome>;
}

import type { StageName } from './model/execution';

/** One step forward in a long run. `total` is left out where it is not known. */
export interface Progress {
  readonly stage: StageName;
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

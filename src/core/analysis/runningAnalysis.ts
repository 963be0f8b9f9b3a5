import * as z from 'zod/mini';
import { throwIfAborted } from '../errors';
import type { Correction } from '../model/correction';
import { byTimeThenId, oldestFirst } from '../model/correctionOrder';
import type { Cache, Hash } from '../ports';
import type { WordVectors } from '../text/wordVectors';
import { type Analysis, type AnalysisContext, analyzeTable } from './analyzeTable';
import { partitionKey, sampleOf } from './clusters/sample';
import { TextGroups } from './clusters/textGroups';
import { CorrectionTable } from './correctionTable';
import type { Wordings } from './wordings';

const area = 'analysis';
const partitionSchema = z.array(z.array(z.int()));
/** Below so many different texts, finding the groups takes no longer than reading them from a cache. */
const fewestKept = 500;
/** Wordings that are remembered. */
const mostWordings = 10_000;

interface State {
  readonly table: CorrectionTable;
  readonly groups: TextGroups;
  readonly order: number[];
  readonly corrections: Correction[];
  readonly rowOf: Map<string, number>;
}

/** Does the analysis see no difference between two records of one correction? */
function alike(a: Correction | undefined, b: Correction): boolean {
  if (a === b) return true;
  return (
    a !== undefined &&
    a.timestamp === b.timestamp &&
    a.userCorrection === b.userCorrection &&
    a.originalResponse === b.originalResponse &&
    a.evidence.path === b.evidence.path &&
    a.evidence.line === b.evidence.line &&
    a.sessionId === b.sessionId &&
    a.agentType === b.agentType &&
    a.correctionType === b.correctionType &&
    a.severity === b.severity &&
    a.signal === b.signal &&
    a.likelihood === b.likelihood &&
    a.tool?.name === b.tool?.name &&
    a.tool?.file === b.tool?.file &&
    a.edit?.file === b.edit?.file
  );
}

/**
 * An analysis that goes on: corrections that come after all others join the groups that stand, which takes as long as there are
 * new ones. Whatever else changes makes it begin anew, so that its outcome is that of the corrections alone, never of the
 * way they came. Groups of the sample are kept in the cache, where a run that was interrupted finds them.
 */
export class RunningAnalysis {
  readonly #ports: { readonly hash: Hash; readonly cache: Cache };
  readonly #wordVectors: WordVectors;
  readonly #wordings: Wordings = new Map();
  #state: State | undefined;

  constructor(ports: { readonly hash: Hash; readonly cache: Cache }, wordVectors: WordVectors) {
    this.#ports = ports;
    this.#wordVectors = wordVectors;
  }

  /**
   * Takes the corrections as they are now, in any order.
   * @returns how many joined what stood; `undefined` where it began anew
   * @throws PipelineError CANCELLED
   */
  async update(corrections: readonly Correction[], signal?: AbortSignal): Promise<number | undefined> {
    const fresh = this.#freshOnes(corrections);
    if (fresh === undefined) {
      await this.#begin(corrections, signal);
      return undefined;
    }
    for (const correction of fresh) this.#join(correction);
    return fresh.length;
  }

  /**
   * Adds one correction that comes after all others, and tells the number of its group: -1 where it is like no other,
   * `undefined` where the analysis must begin anew (call `update`).
   */
  add(correction: Correction): number | undefined {
    const state = this.#state;
    if (state === undefined || state.rowOf.has(correction.correctionId)) return undefined;
    if (!this.#comesLast(state, [correction])) return undefined;
    return state.groups.groupOf(this.#join(correction));
  }

  /** @throws PipelineError CANCELLED */
  analyze(context: AnalysisContext, signal?: AbortSignal): Analysis {
    const state = this.#state;
    if (this.#wordings.size > mostWordings) this.#wordings.clear();
    const table = state?.table ?? new CorrectionTable();
    const groups =
      state?.groups ??
      new TextGroups({
        corpus: table.corpus,
        order: [],
        sourceOf: () => 0,
        wordVectors: this.#wordVectors,
      });
    const rows = {
      table,
      wordings: this.#wordings,
      read: (wanted: readonly number[]) => wanted.flatMap((row) => state?.corrections[row] ?? []),
    };
    return analyzeTable(rows, state?.order ?? [], groups, context, this.#ports.hash, signal);
  }

  /** What is new, where all else stands as it stood and the new ones come last; oldest first. */
  #freshOnes(corrections: readonly Correction[]): readonly Correction[] | undefined {
    const state = this.#state;
    if (state === undefined) return undefined;
    const fresh: Correction[] = [];
    let standing = 0;
    for (const correction of corrections) {
      const row = state.rowOf.get(correction.correctionId);
      if (row === undefined) fresh.push(correction);
      else if (alike(state.corrections[row], correction)) standing++;
      else return undefined;
    }
    if (standing !== state.table.size || !this.#comesLast(state, fresh)) return undefined;
    return oldestFirst(fresh);
  }

  #comesLast({ table, order, groups, corrections }: State, fresh: readonly Correction[]): boolean {
    if (fresh.length === 0) return true;
    const last = corrections[order.at(-1) ?? -1];
    if (last === undefined || groups.isOutgrown(table.size + fresh.length)) return false;
    return fresh.every((correction) => byTimeThenId(last, correction) < 0);
  }

  #join(correction: Correction): number {
    const state = this.#state;
    if (state === undefined) return -1;
    const row = state.table.size;
    state.table.add(correction);
    state.corrections.push(correction);
    state.rowOf.set(correction.correctionId, row);
    state.order.push(row);
    state.groups.add(row, state.table.session(row));
    return row;
  }

  async #begin(given: readonly Correction[], signal: AbortSignal | undefined): Promise<void> {
    this.#state = undefined;
    this.#wordings.clear();
    const corrections = oldestFirst(given);
    const table = new CorrectionTable();
    const rowOf = new Map<string, number>();
    for (const correction of corrections) {
      rowOf.set(correction.correctionId, table.size);
      table.add(correction);
    }
    const order = Array.from(table.inOrder());
    const { corpus } = table;
    const sample = sampleOf(corpus, order);
    const key =
      sample.length < fewestKept
        ? undefined
        : partitionKey(corpus, sample, this.#wordVectors, this.#ports.hash);
    const partition = key === undefined ? undefined : await this.#kept(key, sample.length);
    const texts = {
      order,
      sourceOf: (row: number) => table.session(row),
      onStep: () => throwIfAborted(signal, 'analysis'),
    };
    const groups = new TextGroups({
      ...texts,
      corpus,
      wordVectors: this.#wordVectors,
      sample,
      ...(partition === undefined ? {} : { partition }),
      learnOnly: true,
    });
    if (key !== undefined && partition === undefined) {
      await this.#ports.cache.clear(area);
      await this.#ports.cache.write(area, key, groups.partition);
    }
    groups.joinAll(texts);
    this.#state = { table, groups, order, corrections: [...corrections], rowOf };
  }

  /** What a cache holds may be damaged: groups that do not fit the sample are found anew. */
  async #kept(key: string, size: number): Promise<number[][] | undefined> {
    const kept = partitionSchema.safeParse(await this.#ports.cache.read(area, key));
    if (!kept.success) return undefined;
    const members = kept.data.flat();
    const fits = members.length === new Set(members).size && members.every((one) => one >= 0 && one < size);
    return fits ? kept.data : undefined;
  }
}

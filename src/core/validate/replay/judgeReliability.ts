import { mcnemarExact } from '../../statistics/mcnemar';
import type { JudgedPair } from './judgePair';

/** How far a judge's votes can be relied on, in this run. */
export interface JudgeReliability {
  readonly pairs: number;
  /** Votes that could not be read. */
  readonly unreadable: number;
  /** Answers that passed in one order and failed in the other. */
  readonly inconsistent: number;
  /** Of these, answers that passed where they stood first, and where second. */
  readonly favouredFirst: number;
  readonly favouredSecond: number;
  /** Exact two-sided sign test that neither position is favoured. */
  readonly positionP: number;
  /** Share of answers on which judge and executable checks of the same scenario agree; null where none has both. */
  readonly agreement: number | null;
  readonly compared: number;
}

export interface JudgedWithChecks {
  readonly judged: JudgedPair;
  /** Whether all executable checks passed; undefined where the scenario has none. */
  readonly executable: { readonly a: boolean; readonly b: boolean } | undefined;
}

export function judgeReliability(pairs: readonly JudgedWithChecks[]): JudgeReliability {
  let [unreadable, favouredFirst, favouredSecond, agreed, compared] = [0, 0, 0, 0, 0];
  for (const { judged, executable } of pairs) {
    unreadable += judged.votes.filter(({ passed }) => passed === undefined).length;
    for (const side of ['a', 'b'] as const) {
      const asFirst = judged.votes.find(({ first }) => first === side)?.passed?.first;
      const asSecond = judged.votes.find(({ first }) => first !== side)?.passed?.second;
      if (asFirst === true && asSecond === false) favouredFirst++;
      if (asFirst === false && asSecond === true) favouredSecond++;
      if (executable === undefined) continue;
      compared++;
      if (executable[side] === judged[side]) agreed++;
    }
  }
  return {
    pairs: pairs.length,
    unreadable,
    inconsistent: favouredFirst + favouredSecond,
    favouredFirst,
    favouredSecond,
    positionP: mcnemarExact(favouredFirst, favouredSecond),
    agreement: compared === 0 ? null : agreed / compared,
    compared,
  };
}

import type { Verdict } from '../model/common';
import type { Random } from '../ports';
import { bootstrapMeanInterval } from '../statistics/bootstrap';
import { runEProcess } from '../statistics/eProcess';
import { mcnemarExact, mcnemarMidP } from '../statistics/mcnemar';
import { newcombePairedInterval, type PairedTable } from '../statistics/newcombe';
import { signFlipTest } from '../statistics/signFlip';
import { type PairedInput, readPairedInput } from './pairedInput';

/** What `stats paired` answers: figures of b against a, by significance alone. */
export interface PairedStatistics {
  readonly pairs: number;
  /** Independent units: clusters where they are named, else pairs. */
  readonly units: number;
  /** Pairs in which a, or b, scored higher; for 0/1 outcomes, those that only one of them passed. */
  readonly discordant: { readonly aOnly: number; readonly bOnly: number };
  /** Units whose sum favours a, or b. The tests below rest on these; without clusters they are `discordant`. */
  readonly favoured: { readonly a: number; readonly b: number };
  /** Exact two-sided McNemar test of the units; for scores it is the sign test of which prompt scored higher. */
  readonly mcnemarExact: number;
  readonly mcnemarMidP: number;
  /** Mean of b minus mean of a, over all pairs. */
  readonly difference: number;
  /** 95%: Newcombe square-and-add for 0/1 outcomes, BCa bootstrap for scores; null for scores of a single unit. */
  readonly interval: readonly [number, number] | null;
  /** Two-sided sign-flip test of the difference, whole units flipped. */
  readonly permutationP: number;
  /** For b over a, after the last pair. */
  readonly eValue: number;
  readonly eValueMax: number;
  /** `ship` when the e-value for b, `reject` when that for a, reached 1/alpha first at any look. */
  readonly verdict: Verdict;
}

interface Unit {
  readonly differences: number[];
  /** Index of the last pair: only then is the sign of the unit known. */
  last: number;
}

function unitsOf({ a, b, cluster }: PairedInput): Unit[] {
  const units = new Map<string, Unit>();
  for (const [index, value] of b.entries()) {
    const key = cluster ? `${typeof cluster[index]}:${cluster[index]}` : String(index);
    const unit = units.get(key) ?? { differences: [], last: index };
    unit.differences.push(value - (a[index] ?? 0));
    unit.last = index;
    units.set(key, unit);
  }
  return [...units.values()].sort((first, second) => first.last - second.last);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Sign of a unit's sum; what rounding leaves of a balanced one counts as 0. */
function signOf({ differences }: Unit): number {
  const total = sum(differences);
  return Math.abs(total) <= 1e-12 * sum(differences.map(Math.abs)) ? 0 : Math.sign(total);
}

function tableOf({ a, b }: PairedInput, weight: number): PairedTable {
  const cells = { both: 0, aOnly: 0, bOnly: 0, neither: 0 };
  for (const [index, first] of a.entries()) {
    if (first === b[index]) cells[first === 1 ? 'both' : 'neither'] += weight;
    else cells[first === 1 ? 'aOnly' : 'bOnly'] += weight;
  }
  return cells;
}

function verdictOf(signs: readonly number[], threshold: number): Verdict {
  const forB = runEProcess(signs, threshold).crossedAt ?? Number.POSITIVE_INFINITY;
  const mirrored = signs.map((sign) => -sign);
  const forA = runEProcess(mirrored, threshold).crossedAt ?? Number.POSITIVE_INFINITY;
  if (forB === forA) return 'inconclusive';
  return forB < forA ? 'ship' : 'reject';
}

/**
 * The paired statistics of two prompts on the same scenarios: `{a: [], b: [], cluster?: [], alpha?}` with 0/1 outcomes,
 * booleans or scores in the order they came; alpha is 0.05 unless given. Repeats of one scenario (one cluster) are a single
 * unit, with the sign of their sum, for McNemar, permutation and e-process, which looks when a unit is complete; the
 * interval of 0/1 outcomes then counts each unit once, as if repeats told nothing new (the safe side), and the bootstrap
 * draws whole units.
 * @throws PipelineError `INVALID_INPUT`
 */
export function pairedStatistics(input: unknown, random: Random): PairedStatistics {
  const read = readPairedInput(input);
  const { a, b } = read;
  const units = unitsOf(read);
  const signs = units.map(signOf);
  const favoured = { a: signs.filter((s) => s < 0).length, b: signs.filter((s) => s > 0).length };
  const binary = [...a, ...b].every((value) => value === 0 || value === 1);
  const process = runEProcess(signs, 1 / read.alpha);
  return {
    pairs: a.length,
    units: units.length,
    discordant: {
      aOnly: a.filter((value, index) => value > (b[index] ?? 0)).length,
      bOnly: b.filter((value, index) => value > (a[index] ?? 0)).length,
    },
    favoured,
    mcnemarExact: mcnemarExact(favoured.a, favoured.b),
    mcnemarMidP: mcnemarMidP(favoured.a, favoured.b),
    difference: sum(units.map(({ differences }) => sum(differences))) / a.length,
    interval: binary
      ? newcombePairedInterval(tableOf(read, units.length / a.length))
      : bootstrapMeanInterval(
          units.map(({ differences }) => differences),
          random,
        ),
    permutationP: signFlipTest(
      units.map((unit, index) => (signs[index] === 0 ? 0 : sum(unit.differences))),
      random,
    ),
    eValue: process.final,
    eValueMax: process.maximum,
    verdict: verdictOf(signs, 1 / read.alpha),
  };
}

import { wilsonInterval } from './wilson';

/** Counts of pairs; they may be fractional where pairs are weighted. `aOnly`: only a passed. */
export interface PairedTable {
  readonly both: number;
  readonly aOnly: number;
  readonly bOnly: number;
  readonly neither: number;
}

/** Correlation of the two outcomes, shrunk by n/2 where it is positive: Newcombe's continuity-corrected phi. */
function correctedPhi({ both, aOnly, bOnly, neither }: PairedTable): number {
  const margins = (both + aOnly) * (bOnly + neither) * (both + bOnly) * (aOnly + neither);
  if (margins === 0) return 0;
  const cross = both * neither - aOnly * bOnly;
  const pairs = both + aOnly + bOnly + neither;
  const corrected = cross > 0 ? Math.max(0, cross - pairs / 2) : cross;
  return corrected / Math.sqrt(margins);
}

function combine(first: number, second: number, phi: number): number {
  return Math.sqrt(Math.max(0, first ** 2 + second ** 2 - 2 * phi * first * second));
}

/**
 * Two-sided interval of a difference of paired proportions, b minus a, within [-1, 1]: square-and-add of the two Wilson
 * intervals with the continuity-corrected phi. Without pairs nothing is known: [-1, 1].
 * Source: Newcombe (1998), Statistics in Medicine 17, 2635-2650, method 10; the form printed in Fagerland, Lydersen &
 * Laake (2017), Statistical Analysis of Contingency Tables, chapter 8.
 */
export function newcombePairedInterval(table: PairedTable, confidence = 0.95): [number, number] {
  const pairs = table.both + table.aOnly + table.bOnly + table.neither;
  if (pairs === 0) return [-1, 1];
  const passedA = table.both + table.aOnly;
  const passedB = table.both + table.bOnly;
  const [lowA, highA] = wilsonInterval(passedA, pairs, confidence);
  const [lowB, highB] = wilsonInterval(passedB, pairs, confidence);
  const a = passedA / pairs;
  const b = passedB / pairs;
  const difference = (table.bOnly - table.aOnly) / pairs;
  const phi = correctedPhi(table);
  return [
    Math.max(-1, difference - combine(b - lowB, highA - a, phi)),
    Math.min(1, difference + combine(highB - b, a - lowA, phi)),
  ];
}

import { type AssignedUnit, differenceInterval } from '../statistics/assignmentTest';
import { commonDispersion, rateInterval } from '../statistics/rateInterval';
import { wilsonInterval } from '../statistics/wilson';
import type { MetricFigures, VariantFigures } from './assessment';
import { eventsOf, isCost, type MetricKey } from './metrics';
import type { ExperimentUnit } from './units';

interface KnownUnit {
  readonly unit: ExperimentUnit;
  readonly event: boolean;
}

export function assignedUnit({ variant, share }: ExperimentUnit, event: boolean): AssignedUnit {
  return { treated: variant === 'canary', share, event };
}

/** Both variants by one metric. @param alpha the interval of the difference misses it, at any look, with at most this chance */
export function metricFigures(
  key: MetricKey,
  units: readonly ExperimentUnit[],
  alpha: number,
): MetricFigures {
  const events = eventsOf(key, units);
  const known = units.flatMap((unit, index): KnownUnit[] => {
    const event = events[index] ?? null;
    return event === null ? [] : [{ unit, event }];
  });
  const control = known.filter(({ unit }) => unit.variant === 'control');
  const canary = known.filter(({ unit }) => unit.variant === 'canary');
  const countsOf = (side: readonly KnownUnit[]) => side.map(({ unit }) => unit[key] ?? 0);
  const dispersion = isCost(key) ? null : commonDispersion([countsOf(control), countsOf(canary)]);
  const difference = stratifiedDifference(known);
  return {
    key,
    control: variantFigures(control, countsOf(control), dispersion),
    canary: variantFigures(canary, countsOf(canary), dispersion),
    difference,
    differenceInterval:
      difference === null
        ? null
        : differenceInterval(
            known.map(({ unit, event }) => assignedUnit(unit, event)),
            alpha,
          ),
  };
}

function variantFigures(
  side: readonly KnownUnit[],
  counts: readonly number[],
  dispersion: number | null,
): VariantFigures {
  const sessions = side.length;
  const sessionsWith = side.filter(({ event }) => event).length;
  const total = counts.reduce((sum, each) => sum + each, 0);
  const rate = dispersion === null ? null : rateInterval(total, sessions, dispersion);
  return {
    sessions,
    sessionsWith,
    share: sessions === 0 ? null : sessionsWith / sessions,
    shareInterval: sessions === 0 ? null : wilsonInterval(sessionsWith, sessions),
    mean: sessions === 0 ? null : total / sessions,
    meanInterval: rate?.interval ?? null,
  };
}

/** Within one share the variants are comparable. Source: Mantel and Haenszel (1959), for differences: Greenland and Robins (1985), Biometrics 41. */
function stratifiedDifference(known: readonly KnownUnit[]): number | null {
  let sum = 0;
  let weights = 0;
  for (const share of new Set(known.map(({ unit }) => unit.share))) {
    const stratum = known.filter(({ unit }) => unit.share === share);
    const canary = stratum.filter(({ unit }) => unit.variant === 'canary');
    const control = stratum.filter(({ unit }) => unit.variant === 'control');
    if (canary.length === 0 || control.length === 0) continue;
    const shareOf = (side: readonly KnownUnit[]) => side.filter(({ event }) => event).length / side.length;
    const weight = (canary.length * control.length) / stratum.length;
    sum += weight * (shareOf(canary) - shareOf(control));
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

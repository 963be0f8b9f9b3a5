import type { Improvement } from '../../model/improvement';
import type { Ports } from '../../ports';
import type { ExplainedValidation } from './explanation';

/** Of each improvement the verdict, what it lacks, and which scenarios are weak. From the stored records alone. */
export async function explainValidations(
  { store }: Pick<Ports, 'store'>,
  improvements: readonly Improvement[],
  fewestPairs: number,
): Promise<readonly ExplainedValidation[]> {
  const result: ExplainedValidation[] = [];
  for (const improvement of improvements) result.push(await explainOne(store, improvement, fewestPairs));
  return result;
}

async function explainOne(
  store: Ports['store'],
  { improvementId, agentType, status, confidence, validation }: Improvement,
  fewestPairs: number,
): Promise<ExplainedValidation> {
  const report = validation && (await store.get('validationReports', validation.reportId));
  const outcomes = report
    ? ((await store.get('validationResults', `result-${report.reportId}`))?.outcomes ?? [])
    : [];
  const named = async (ids: readonly string[]): Promise<readonly string[]> => {
    const tasks: string[] = [];
    for (const id of ids) tasks.push((await store.get('scenarios', id))?.task ?? id);
    return tasks;
  };
  return {
    improvementId,
    agentType,
    status,
    confidence,
    verdict: report?.verdict ?? null,
    tier: report?.tier ?? null,
    pairs: report?.abTest.pairs ?? 0,
    missingPairs: report
      ? Math.max(0, Math.max(fewestPairs, report.abTest.requiredPairs ?? 0) - report.abTest.pairs)
      : null,
    reasons: report?.reasons ?? [],
    weak: {
      lost: await named(outcomes.filter(({ a, b }) => a && !b).map(({ scenarioId }) => scenarioId)),
      failUnderBoth: await named(outcomes.filter(({ a, b }) => !a && !b).map(({ scenarioId }) => scenarioId)),
      unsteady: await named(
        outcomes
          .filter(({ repeats }) => repeats && (flips(repeats.a, repeats.of) || flips(repeats.b, repeats.of)))
          .map(({ scenarioId }) => scenarioId),
      ),
    },
  };
}

const flips = (passed: number, of: number) => passed > 0 && passed < of;

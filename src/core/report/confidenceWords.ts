import type { ConfidenceParts } from '../model/improvement';
import { percent } from './format';

/** "confidence 86% (evidence 92%, clarity 81%, static check 85%)" */
export function confidenceWords(
  confidence: number,
  { evidence, clarity, check, outcomes }: ConfidenceParts = { evidence: confidence, clarity: confidence },
): string {
  const checked = check === undefined ? '' : `, static check ${percent(check)}`;
  const weighed = outcomes === undefined ? '' : `, outcomes ×${outcomes.factor.toFixed(2)}`;
  return `confidence ${percent(confidence)} (evidence ${percent(evidence)}, clarity ${percent(clarity)}${checked}${weighed})`;
}

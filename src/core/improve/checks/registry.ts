import type { CheckResult } from '../../model/improvement';
import type { Check, CheckSubject } from './check';
import { contradiction } from './contradiction';
import { copiedText } from './copiedText';
import { duplicate } from './duplicate';
import { injectedOrder } from './injectedOrder';
import { privateDetails } from './privateDetails';
import { ruleReadingLevel } from './readingLevel';
import { tokenCost } from './tokenCost';

/** Every hunk goes through all of them, whether a person's words, a model or a check of the prompts made it. */
const checks: readonly Check[] = [
  duplicate,
  contradiction,
  privateDetails,
  copiedText,
  injectedOrder,
  tokenCost,
  ruleReadingLevel,
];

export function runChecks(subject: CheckSubject): readonly CheckResult[] {
  return checks.map((check) => check.run(subject));
}

export function hasFailed(results: readonly CheckResult[]): boolean {
  return results.some(({ outcome }) => outcome === 'failed');
}

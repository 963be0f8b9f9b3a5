import type { ValidationReport } from '../../core/model/validation';
import { markdownText } from '../markdownText';

/** A validation as a page of Markdown. What people wrote is untrusted and escaped. */
export function reportText({ verdict, tier, reasons, abTest }: ValidationReport, path: string): string {
  const percent = (share: number) => `${Math.round(share * 1000) / 10}%`;
  const proxy =
    tier === 'static'
      ? 'No model ran: it is looked at whether an instruction covers each correction. A proxy, and not held out.'
      : '';
  return [
    `# ${verdict}: ${markdownText(path)}`,
    `The open text beside what is deployed (evidence tier: ${tier}). ${proxy}`,
    `Deployed ${percent(abTest.passRate.a)}, open ${percent(abTest.passRate.b)} of ${abTest.pairs} pairs.`,
    ...reasons.map((reason) => `- ${markdownText(reason)}`),
  ].join('\n\n');
}

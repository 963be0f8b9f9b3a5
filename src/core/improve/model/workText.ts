import { dollars } from '../../languageModel/budget';
import type { ModelWork } from './modelWriter';

const rules = (count: number): string => `${count} rule${count === 1 ? '' : 's'}`;

/** One sentence or two on what was asked, what it cost and what was written offline instead. */
export function workText({
  modelId,
  answered,
  answeredBefore,
  offline,
  spending,
  stopped,
}: ModelWork): string {
  const { calls, inputTokens, outputTokens, cost, measured } = spending;
  const tokens = `${measured ? '' : 'about '}${(inputTokens + outputTokens).toLocaleString('en')} tokens`;
  const price = cost === undefined ? 'price not known' : dollars(cost);
  const before = answeredBefore === 0 ? '' : `, ${answeredBefore} of them asked before`;
  const said = `${modelId} answered for ${rules(answered)}${before} (${calls} calls, ${tokens}, ${price}).`;
  if (offline === 0) return said;
  const because = stopped === undefined ? 'its answers could not be used' : stopped.replace(/\.$/, '');
  return `${said} ${rules(offline)} ${offline === 1 ? 'is' : 'are'} written offline: ${because}.`;
}

/** The same as counts of a stage. */
export function countsOf({ answered, offline, spending }: ModelWork): Record<string, number> {
  const { calls, inputTokens, outputTokens } = spending;
  return { answered, offline, calls, tokens: inputTokens + outputTokens };
}

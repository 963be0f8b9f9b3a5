import type { Observation } from '../../health/healthCheck';
import type { AlertRule, RuleEvidence } from '../alertRule';

/** Components whose failure another rule tells of, where it saw what it looks for; the webhook’s failure must not wait for the webhook. */
function isToldElsewhere(name: string, { observations, executions }: RuleEvidence): boolean {
  const saw = (...kinds: readonly Observation['kind'][]) =>
    observations.some(({ kind }) => kinds.includes(kind));
  switch (name) {
    case 'Webhook':
      return true;
    case 'Audit':
      return saw('audit');
    case 'Targets':
      return saw('drift', 'target');
    case 'PromptImprovementPipeline':
      return executions.at(-1)?.status === 'failed';
    default:
      return false;
  }
}

export const failingComponent: AlertRule<'failingComponent'> = {
  name: 'failingComponent',
  conditions(evidence) {
    return evidence.components
      .filter(({ name, status }) => status === 'failing' && !isToldElsewhere(name, evidence))
      .map(({ name, detail }) => ({
        subject: name,
        event: '',
        message: `${name} fails: ${detail}`,
        remedy: '"Claude PM: Check Health" shows what was done to find out; check again once it is mended.',
      }));
  },
};

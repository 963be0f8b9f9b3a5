import type { AlertRule, Condition } from '../alertRule';

export const brokenAudit: AlertRule<'brokenAudit'> = {
  name: 'brokenAudit',
  conditions({ observations }) {
    return observations.flatMap((each): Condition[] =>
      each.kind === 'audit'
        ? [
            {
              subject: 'audit',
              event: each.firstBroken,
              message: `The log of changes was altered, or lost an entry, at ${each.firstBroken}.`,
              remedy: 'Compare .claude-pm/audit with version control or a backup; nothing is rewritten.',
            },
          ]
        : [],
    );
  },
};

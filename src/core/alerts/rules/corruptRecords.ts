import type { AlertRule, Condition } from '../alertRule';

/** So many get an alert of their own; the rest are counted in one. */
const mostAlerts = 20;

export const corruptRecords: AlertRule<'corruptRecords'> = {
  name: 'corruptRecords',
  conditions({ observations }) {
    const unreadable = observations.filter((each) => each.kind === 'unreadable');
    const own = unreadable.slice(0, mostAlerts).map(
      ({ path, line, reason }): Condition => ({
        subject: path,
        event: line > 0 ? `line ${line}` : '',
        path,
        ...(line > 0 ? { line } : {}),
        message: `${line > 0 ? `${path}:${line}` : path}: ${reason}`,
        remedy: 'The file is left as it is. Repair it, or delete it if it is not needed.',
      }),
    );
    const more = unreadable.length - own.length;
    if (more === 0) return own;
    return [
      ...own,
      {
        subject: 'records',
        event: '',
        message: `${more} more records cannot be read.`,
        remedy: '"claude-pm-prompts health --json" names each; all are left as they are.',
      },
    ];
  },
};

import type { AlertRule, Condition } from '../alertRule';

export const staleSource: AlertRule<'staleSource'> = {
  name: 'staleSource',
  conditions({ observations }, { days }) {
    return observations.flatMap((each): Condition[] => {
      if (each.kind !== 'unread-source' || each.days <= days) return [];
      return [
        {
          subject: each.source,
          event: '',
          message: `The newest session of ${each.source} has waited ${Math.floor(each.days)} days to be read.`,
          remedy: 'Import the corrections, or switch the source off if it is not wanted.',
        },
      ];
    });
  },
};

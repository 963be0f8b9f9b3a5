import type { AlertRule, Condition } from '../alertRule';

export const brokenTarget: AlertRule<'brokenTarget'> = {
  name: 'brokenTarget',
  conditions({ observations }) {
    return observations.flatMap((each): Condition[] => {
      if (each.kind !== 'target') return [];
      const { templateId, path, line, reason, remedy } = each;
      return [
        {
          subject: templateId,
          event: reason.slice(0, 60),
          path,
          ...(line > 0 ? { line } : {}),
          message: `${line > 0 ? `${path}:${line}` : path}: ${reason}.`,
          remedy,
        },
      ];
    });
  },
};

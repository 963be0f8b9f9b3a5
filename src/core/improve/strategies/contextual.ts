import { placeRule } from '../place/placement';
import type { Strategy } from './strategy';

/** The corrections hold in one case only: a list item that names the case. */
export const contextual: Strategy = {
  name: 'contextual',
  propose({ document, rule, condition, conditional, covering, words }) {
    if (covering !== undefined || (condition === undefined && !conditional)) return undefined;
    const bound =
      condition === undefined || conditional
        ? rule
        : `When ${condition}, ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
    const { where, alternatives: _, ...edit } = placeRule(document, bound, words);
    const why = conditional ? 'the words name the case in which it holds' : `it happens when ${condition}`;
    return {
      ...edit,
      because: `no instruction covers it and ${why}, so a line with that condition is added ${where}`,
    };
  },
};

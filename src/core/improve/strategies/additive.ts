import { placeRule } from '../place/placement';
import type { Strategy } from './strategy';

/** No instruction covers the corrections: a new list item under the heading that fits best. */
export const additive: Strategy = {
  name: 'additive',
  propose({ document, rule, covering, words }) {
    if (covering !== undefined) return undefined;
    const { where, alternatives: _, ...edit } = placeRule(document, rule, words);
    return { ...edit, because: `no instruction covers it, so a line is added ${where}` };
  },
};

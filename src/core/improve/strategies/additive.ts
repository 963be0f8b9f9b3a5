import type { Strategy } from './strategy';
import { styledPlace } from './styledPlace';

/** No instruction covers the corrections: a new list item under the heading that fits best. */
export const additive: Strategy = {
  name: 'additive',
  propose({ document, rule, covering, words }) {
    if (covering !== undefined) return undefined;
    const { where, ...edit } = styledPlace(document, rule, words);
    return { ...edit, because: `no instruction covers it, so a line is added ${where}` };
  },
};

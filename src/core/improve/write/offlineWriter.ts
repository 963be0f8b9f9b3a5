import { writeRules } from './ruleWriter';
import type { RuleWriter } from './writer';

/** The members' own words, turned into orders. No model runs. */
export const offlineWriter: RuleWriter = {
  async write({ sources }) {
    return writeRules(sources);
  },
};

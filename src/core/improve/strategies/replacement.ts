import { emphasisOf } from '../style/promptStyle';
import { sharpen } from './sharpen';
import type { Strategy } from './strategy';

/** An instruction covers the corrections and was not followed: it is made sharper in its place, never written twice. */
export const replacement: Strategy = {
  name: 'replacement',
  propose({ document, rule, covering, example }) {
    if (covering === undefined) return undefined;
    const lines = document.lines.slice(covering.line - 1, covering.endLine);
    const sharper = sharpen(lines, {
      rule,
      emphasis: emphasisOf(document),
      ...(example === undefined ? {} : { example }),
    });
    if (sharper === undefined) return undefined;
    return {
      section: covering.section,
      startLine: covering.line - 1,
      before: lines.join(''),
      after: sharper.lines.join(''),
      because: `line ${covering.line} says so already and was not followed, so ${sharper.how} where it stands and no second line is added`,
    };
  },
};

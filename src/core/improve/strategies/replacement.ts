import { sharpen } from './sharpen';
import type { Strategy } from './strategy';

/** An instruction covers the corrections and was not followed: it is made sharper in its place, never written twice. */
export const replacement: Strategy = {
  name: 'replacement',
  propose({ document, rule, covering }) {
    if (covering === undefined) return undefined;
    const lines = document.lines.slice(covering.line - 1, covering.endLine);
    const sharper = sharpen(lines, rule);
    if (sharper === undefined) return undefined;
    return {
      section: covering.section,
      startLine: covering.line - 1,
      before: lines.join(''),
      after: sharper.join(''),
      because: `line ${covering.line} says so already and was not followed, so it is made sharper where it stands; where wording does not hold, a hook or a lint rule does`,
    };
  },
};

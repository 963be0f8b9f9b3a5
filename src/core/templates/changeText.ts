import { percent, signed } from '../report/format';
import type { DescribedChange } from './describeChange';

/** How two versions differ, in a few lines of plain text: how alike they are, the risk, then each section that changes. */
export function changeLines({ similarity, tokenDelta, sections, risk }: DescribedChange): {
  readonly figures: string;
  readonly risk: string;
  readonly sections: readonly string[];
} {
  return {
    figures: `${percent(similarity)} of the lines alike, tokens ${signed(tokenDelta)} (estimated)`,
    risk: `Risk: ${risk.level}${risk.reasons.length === 0 ? '' : `. ${risk.reasons.join(' ')}`}`,
    sections: sections.map(
      ({ section, linesAdded, linesRemoved }) =>
        `${section || 'before the first heading'}: +${linesAdded} -${linesRemoved}`,
    ),
  };
}

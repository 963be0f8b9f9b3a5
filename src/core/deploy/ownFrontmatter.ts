import { countFrontmatterLines } from '../prompt/frontmatter';
import { byteOrderMark, splitLines } from '../prompt/splitLines';

interface Parts {
  readonly bom: string;
  readonly frontmatter: string;
  readonly body: string;
}

function partsOf(text: string): Parts {
  const bom = text.startsWith(byteOrderMark) ? byteOrderMark : '';
  const lines = splitLines(text.slice(bom.length));
  const count = countFrontmatterLines(lines);
  return { bom, frontmatter: lines.slice(0, count).join(''), body: lines.slice(count).join('') };
}

/**
 * Another prompt's text for a file that is there: the file keeps its frontmatter, or its lack of one, since that names the agent and its
 * tools. A text for a file that is not there stays as it is.
 */
export function withOwnFrontmatter(incoming: string, present: string | undefined): string {
  if (present === undefined) return incoming;
  const own = partsOf(present);
  const other = partsOf(incoming);
  if (own.frontmatter === other.frontmatter) return incoming;
  return `${own.bom || other.bom}${own.frontmatter}${other.body}`;
}

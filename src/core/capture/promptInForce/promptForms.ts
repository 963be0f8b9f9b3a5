import { countFrontmatterLines } from '../../prompt/frontmatter';
import { byteOrderMark, splitLines } from '../../prompt/splitLines';

/**
 * The forms in which a tool may give a prompt file's text to its model: as it is, without a byte-order mark, with line feeds
 * alone, without its frontmatter, without block comments, without blank ends. The text itself comes first.
 */
export function promptForms(text: string): readonly string[] {
  const plain = text.startsWith(byteOrderMark) ? text.slice(1) : text;
  const bodies = [plain, plain.replaceAll('\r\n', '\n')].flatMap((each) => [each, withoutFrontmatter(each)]);
  const told = bodies.flatMap((each) => [each, withoutComments(each)]);
  const ends = told.flatMap((each) => [each, each.replace(/[\r\n]+$/, ''), each.trim()]);
  return [...new Set([text, ...ends])];
}

function withoutFrontmatter(text: string): string {
  const lines = splitLines(text);
  return lines.slice(countFrontmatterLines(lines)).join('');
}

/** Claude Code takes out comments that stand on lines of their own, with the line end behind them. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*<!--[\s\S]*?-->[ \t]*(?:\r?\n|$)/gm, '');
}

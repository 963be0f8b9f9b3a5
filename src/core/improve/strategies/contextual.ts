import type { PromptDocument } from '../../prompt/promptDocument';
import { stripLineEnd } from '../../prompt/splitLines';
import { words as contentWords } from '../../text/words';
import type { Edit, Strategy } from './strategy';
import { styledPlace } from './styledPlace';

/** Names of kinds of files as headings and labels write them. */
const kinds: Readonly<Record<string, string>> = {
  ts: 'typescript',
  tsx: 'typescript react',
  js: 'javascript',
  py: 'python',
  rs: 'rust',
  rb: 'ruby',
  md: 'markdown docs documentation',
  yml: 'yaml',
  cs: 'csharp',
  kt: 'kotlin',
  sh: 'shell bash',
};

/** Words by which a place names the case: ".sql" by "SQL", ".ts" by "TypeScript". */
function namesOf(condition: string): ReadonlySet<string> {
  const extension = /\.([a-z0-9]+) files$/i.exec(condition)?.[1]?.toLowerCase();
  if (extension !== undefined)
    return new Set([extension, ...(kinds[extension] ?? '').split(' ')].filter(Boolean));
  return new Set(contentWords(condition));
}

/** All that a heading or label says, but for words about working and files, is the case. */
const besides = new Set(
  'when for while in on with working work editing writing using file files code changes rules guidelines conventions style and the of a'.split(
    ' ',
  ),
);

function names(text: string, wanted: ReadonlySet<string>): boolean {
  const said = (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !besides.has(word));
  return said.length > 0 && said.every((word) => wanted.has(word));
}

/** Behind the last item below a label or a heading that states the case already. */
function underItsCase(
  document: PromptDocument,
  rule: string,
  condition: string,
): (Omit<Edit, 'because'> & { where: string }) | undefined {
  const wanted = namesOf(condition);
  const { lines, lists, sections } = document;
  const label = lists.find(({ startLine }) => {
    let above = startLine - 2;
    if ((lines[above] ?? '').trim() === '') above--;
    const text = stripLineEnd(lines[above] ?? '')
      .replace(/\*\*/g, '')
      .trim();
    return /:$/.test(text) && !/^[-*+\d]/.test(text) && names(text, wanted);
  });
  const section = sections.find(({ heading, depth }) => depth > 1 && names(heading, wanted));
  const list =
    label ??
    (section === undefined
      ? undefined
      : lists.findLast(
          (each) => !each.ordered && each.startLine > section.startLine && each.endLine <= section.endLine,
        ));
  if (list === undefined || list.ordered) return undefined;
  const [bullet] = /^\s*[-*+]\s+/.exec(lines[(list.items.at(-1)?.line ?? 0) - 1] ?? '') ?? [];
  if (bullet === undefined) return undefined;
  const next = lines[list.endLine];
  const open = next === undefined || next.trim() === '' || /^#{1,6}\s/.test(next);
  return {
    section: list.section,
    startLine: list.endLine,
    before: '',
    after: `${list.loose ? document.eol : ''}${bullet}${rule}${document.eol}${open ? '' : document.eol}`,
    where: label === undefined ? `under “${section?.heading ?? ''}”` : 'below the label that names that case',
  };
}

/** The corrections hold in one case only: a list item that names the case, unless its place does. */
export const contextual: Strategy = {
  name: 'contextual',
  propose({ document, rule, condition, conditional, covering, words }) {
    if (covering !== undefined || (condition === undefined && !conditional)) return undefined;
    if (condition !== undefined && !conditional) {
      const there = underItsCase(document, rule, condition);
      if (there !== undefined) {
        const { where, ...edit } = there;
        return {
          ...edit,
          because: `no instruction covers it and it happens when ${condition}, so a line is added ${where}, without saying the case again`,
        };
      }
    }
    const bound =
      condition === undefined || conditional
        ? rule
        : `When ${condition}, ${rule.charAt(0).toLowerCase()}${rule.slice(1)}`;
    const { where, ...edit } = styledPlace(document, bound, words);
    const why = conditional ? 'the words name the case in which it holds' : `it happens when ${condition}`;
    return {
      ...edit,
      because: `no instruction covers it and ${why}, so a line with that condition is added ${where}`,
    };
  },
};

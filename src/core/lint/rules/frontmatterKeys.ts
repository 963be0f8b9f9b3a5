import { nearestName } from '../editDistance';
import type { Found } from '../finding';
import { type FrontmatterKey, readFrontmatter } from '../frontmatter';
import { type FrontmatterKind, frontmatterKindOf } from '../frontmatterKinds';
import { deleteLines, replaceInLine } from '../lineFix';
import type { LintRule } from '../lintRule';
import { type LintedPrompt, linesPlace, lineText, partPlace } from '../lintSubject';

/** Frontmatter that cannot be read, lacks what the tool needs, or holds what it does not read. */
export const frontmatterKeys: LintRule = ({ prompt }) => {
  const kind = frontmatterKindOf(prompt.path);
  if (kind === undefined) return [];
  const frontmatter = readFrontmatter(prompt);
  if (frontmatter.state === 'none') return [];
  if (frontmatter.state === 'broken') {
    const line = Math.min(frontmatter.line, prompt.document.frontmatterLines);
    return [
      {
        code: 'ignored-frontmatter',
        severity: 'error',
        subject: 'broken',
        place: linesPlace(prompt, line),
        message: `The frontmatter is not valid YAML, so ${kind.tool} cannot read it: ${frontmatter.reason}`,
      },
    ];
  }
  const { keys } = frontmatter;
  const present = new Set(keys.map(({ key }) => key));
  return [
    ...missingKeys(prompt, kind, keys),
    ...keys.flatMap((each) =>
      kind.keys.includes(each.key) ? badValue(prompt, kind, each) : [unknownKey(prompt, kind, each, present)],
    ),
  ];
};

function missingKeys(prompt: LintedPrompt, kind: FrontmatterKind, keys: readonly FrontmatterKey[]): Found[] {
  // Notes that lie beside agents are none.
  if (/(?:^|\/)(?:README|INDEX|TEMPLATE|_[^/]*)\.md$/i.test(prompt.path)) return [];
  return kind.required
    .filter(({ key }) => !keys.some((each) => each.key === key && !isEmpty(each.value)))
    .map(({ key, otherwise }) => ({
      code: 'ignored-frontmatter' as const,
      severity: 'error' as const,
      subject: `missing ${key}`,
      place: linesPlace(prompt, 1),
      message: `The frontmatter has no ${key}; without it ${otherwise}.`,
    }));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function unknownKey(
  prompt: LintedPrompt,
  kind: FrontmatterKind,
  { key, line, endLine }: FrontmatterKey,
  present: ReadonlySet<string>,
): Found {
  const meant = kind.renamed[key] ?? nearestName(key, kind.keys);
  const better = meant !== undefined && !present.has(meant) ? meant : undefined;
  const at = lineText(prompt, line).indexOf(key);
  const fix =
    better === undefined
      ? { title: `Remove ${key}`, ...deleteLines(prompt, line, endLine), inBulk: false }
      : { title: `Rename to ${better}`, ...replaceInLine(prompt, line, at, key, better), inBulk: true };
  return {
    code: 'ignored-frontmatter',
    severity: better === undefined ? 'information' : 'warning',
    subject: key,
    place: partPlace(prompt, line, Math.max(at, 0), key.length),
    message: `${kind.tool} does not read the key ${key}.${better === undefined ? '' : ` It reads ${better}.`}`,
    ...(at < 0 ? {} : { fix }),
  };
}

function badValue(
  prompt: LintedPrompt,
  kind: FrontmatterKind,
  { key, value, line }: FrontmatterKey,
): Found[] {
  const allowed = kind.booleans.includes(key) ? ['true', 'false'] : kind.values[key];
  if (allowed === undefined || isEmpty(value) || typeof value === 'object') return [];
  const given = String(value);
  if (allowed.includes(given)) return [];
  // Some readers of YAML take these for true and false.
  if (kind.booleans.includes(key) && /^(?:true|false|yes|no|on|off)$/i.test(given)) return [];
  const at = lineText(prompt, line).indexOf(given, key.length);
  const meant =
    allowed.find((each) => each.toLowerCase() === given.toLowerCase()) ?? nearestName(given, allowed);
  return [
    {
      code: 'ignored-frontmatter',
      severity: 'warning',
      subject: `${key}: ${given}`,
      place: at < 0 ? linesPlace(prompt, line) : partPlace(prompt, line, at, given.length),
      message: `${kind.tool} knows no ${key} "${given}". It takes ${allowed.slice(0, 8).join(', ')}.`,
      ...(meant === undefined || at < 0
        ? {}
        : {
            fix: {
              title: `Change to ${meant}`,
              ...replaceInLine(prompt, line, at, given, meant),
              inBulk: true,
            },
          }),
    },
  ];
}

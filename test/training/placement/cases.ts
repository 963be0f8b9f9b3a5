import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { diffArrays } from 'diff';
import { z } from 'zod';
import { readPrompt } from '../../../src/core/prompt/promptDocument';
import { sectionOf } from '../../../src/core/prompt/sections';
import { words } from '../../../src/core/text/words';

const edit = z.object({
  repo: z.string(),
  path: z.string(),
  commit: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
type Edit = z.infer<typeof edit>;

/** A rule that people added to a prompt, and where. */
export interface PlacementCase {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
  readonly before: string;
  readonly rule: string;
  readonly listItem: boolean;
  /** Line (from 1) of the heading of the section in `before` that it was put under; 0 before the first heading; -1 under a new one. */
  readonly chosen: number;
  /** Line (from 1) in `before` behind which it was put. */
  readonly behind: number;
  /** Cases of one commit share a weight of 1. */
  readonly weight: number;
}

/** Larger edits are rewrites; in longer insertions no single rule was placed. */
const mostChangedLines = 250;
const mostInsertedLines = 12;
const mostRules = 4;
const fewestWords = 3;

type Raw = Omit<PlacementCase, 'weight'>;

function casesOf({ repo, path: file, commit, before, after }: Edit): Raw[] {
  if (before === null || after === null || before.trim() === '' || after.trim() === '') return [];
  const old = readPrompt(before);
  const now = readPrompt(after);
  const bare = (line: string) => line.replace(/[\r\n]+$/, '');
  const changes = diffArrays(old.lines.map(bare), now.lines.map(bare), { timeout: 5000 });
  if (changes === undefined) return [];
  const changed = changes.reduce((sum, each) => sum + (each.added || each.removed ? each.count : 0), 0);
  if (changed > mostChangedLines) return [];
  const lineBefore = new Map<number, number>();
  const inserted: { from: number; to: number; behind: number }[] = [];
  let oldLine = 1;
  let newLine = 1;
  for (const [index, each] of changes.entries()) {
    if (each.removed) oldLine += each.count;
    else if (each.added) {
      const alone = !changes[index - 1]?.removed && !changes[index + 1]?.removed;
      if (alone) inserted.push({ from: newLine, to: newLine + each.count - 1, behind: oldLine - 1 });
      newLine += each.count;
    } else {
      for (let k = 0; k < each.count; k++) lineBefore.set(newLine + k, oldLine + k);
      oldLine += each.count;
      newLine += each.count;
    }
  }
  const known = new Set(old.instructions.map(({ text }) => text));
  return inserted
    .filter(({ from, to }) => to - from < mostInsertedLines)
    .flatMap(({ from, to, behind }): Raw[] => {
      const rules = now.instructions.filter(
        (each) =>
          each.line >= from &&
          each.endLine <= to &&
          each.line > now.frontmatterLines &&
          new Set(words(each.text)).size >= fewestWords &&
          !known.has(each.text),
      );
      if (rules.length === 0 || rules.length > mostRules) return [];
      return rules.map((rule) => {
        const section = sectionOf(now.sections, rule.line);
        const chosen = section === undefined ? 0 : (lineBefore.get(section.startLine) ?? -1);
        return {
          repository: repo,
          path: file,
          commit,
          before,
          rule: rule.text,
          listItem: rule.listItem,
          chosen,
          behind,
        };
      });
    });
}

/** The cases of every history in the folder; the same text in several files or commits of a repository counts once. */
export function readCases(folder: string): PlacementCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.history.jsonl.gz'));
  return files.sort().flatMap((name) => {
    const rows = gunzipSync(readFileSync(path.join(folder, name)))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => edit.parse(JSON.parse(line)));
    const seen = new Set<string>();
    const raw = rows.flatMap(casesOf).filter(({ rule }) => {
      const key = words(rule).join(' ');
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    const ofCommit = new Map<string, number>();
    for (const { commit } of raw) ofCommit.set(commit, (ofCommit.get(commit) ?? 0) + 1);
    return raw.map((each) => ({ ...each, weight: 1 / (ofCommit.get(each.commit) ?? 1) }));
  });
}

import { posixJoin } from './paths';

/** Longest prompt that may still be nothing but a pointer to others. */
const mostLines = 40;

/**
 * The files that a prompt consists of where it does nothing but import: `@AGENTS.md` on a line of its own, besides headings and
 * comments. Relative to the workspace. None where it says anything itself.
 * @param path of the prompt, relative to the workspace; imports are relative to its folder
 */
export function importedBy(path: string, text: string): readonly string[] {
  const plain = text.replace(/^\uFEFF/, '').replace(/<!--[\s\S]*?-->/g, '');
  const lines = plain
    .split(/\r\n|\r|\n/)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !/^#{1,6}\s/.test(each));
  if (lines.length === 0 || lines.length > mostLines) return [];
  const targets = lines.map((each) => /^(?:[-*+]\s+)?@([\w./-]+)$/.exec(each)?.[1]);
  if (targets.some((target) => target === undefined)) return [];
  const folder = path.split('/').slice(0, -1).join('/');
  return targets.flatMap((target) => posixJoin(folder, target ?? '') ?? []);
}

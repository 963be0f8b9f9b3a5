import type { Correction } from '../../model/correction';

/** Share of the corrections that must lie in one case, and share of all others of the agent above which it is no special case. */
const nearlyAll = 0.8;
const common = 0.5;
const fewest = 3;

const phrases: Readonly<Record<string, string>> = {
  bash: 'running shell commands',
  edit: 'editing files',
  multiedit: 'editing files',
  write: 'writing files',
  task: 'delegating to a subagent',
};

function fileKind(correction: Correction): string | undefined {
  const file = correction.tool?.file ?? correction.edit?.file;
  const [, extension] = /\.([a-z][a-z0-9]{0,7})$/i.exec(file ?? '') ?? [];
  return extension === undefined ? undefined : `working on .${extension.toLowerCase()} files`;
}

function toolUse(correction: Correction): string | undefined {
  const name = correction.tool?.name;
  if (name === undefined || !/^[\w-]{1,40}$/.test(name)) return undefined;
  return phrases[name.toLowerCase()] ?? `using ${name}`;
}

/**
 * The one kind of file, else the one tool, that nearly all corrections of a pattern (80%, at least three) have in common and that is not
 * simply what the agent always does (at most 50% of its other corrections), as in "working on .sql files".
 */
export function sharedCondition(
  members: readonly Correction[],
  others: readonly Correction[],
): string | undefined {
  if (members.length < fewest) return undefined;
  for (const caseOf of [fileKind, toolUse]) {
    const counts = new Map<string, number>();
    for (const member of members) {
      const phrase = caseOf(member);
      if (phrase !== undefined) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
    for (const [phrase, count] of counts) {
      const elsewhere = others.filter((other) => caseOf(other) === phrase).length;
      if (count / members.length >= nearlyAll && elsewhere <= others.length * common) return phrase;
    }
  }
  return undefined;
}

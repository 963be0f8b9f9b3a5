import type { Advice } from '../../model/improvement';
import { words } from '../../text/words';
import { forbiddenCommands, forbiddenPaths } from './forbidden';
import { hookDraft } from './hookDraft';
import { lintDraft } from './lintDraft';

function nameOf(rule: string): string {
  const stems = words(rule).filter((word) => /^[a-z]+$/.test(word));
  return `rule-${stems.slice(0, 4).join('-') || 'check'}`;
}

/**
 * What would hold where wording does not: a draft of a linter's rule or of a hook that blocks the command or the file, or, where
 * neither follows from the rule's words, a sentence that says which kind of check could, without files. Rule text goes into drafts
 * as data only.
 */
export function adviceFor(rule: string): Advice {
  const lint = lintDraft(rule);
  if (lint !== undefined) {
    const reason = `Words alone do not hold this rule; ${lint.what} does, and a draft of it is here to be merged into what the project has.`;
    return { kind: lint.what === 'a commit-msg hook' ? 'hook' : 'lint-rule', reason, files: [...lint.files] };
  }
  const blocked = { commands: forbiddenCommands(rule), paths: forbiddenPaths(rule) };
  if (blocked.commands.length + blocked.paths.length > 0) {
    const what = blocked.commands.length > 0 ? 'such a command' : 'an edit of that path';
    return {
      kind: 'hook',
      reason: `Words alone do not hold this rule; a hook that blocks ${what} before it happens does. Save the script and merge the entry into .claude/settings.json.`,
      files: [...hookDraft(nameOf(rule), rule, blocked)],
    };
  }
  return { kind: 'hook', reason: inWords(rule), files: [] };
}

function inWords(rule: string): string {
  const lead = 'Words alone do not hold this rule, and no check can be drafted from them;';
  if (/\b(?:test|tests|lint|linter|build|type-?check)\b/i.test(rule))
    return `${lead} a pre-commit hook, or a Stop hook of the agent, that runs the project's own command would.`;
  if (/\bcommits?\b|\bpush/i.test(rule)) return `${lead} a Git hook or a protected branch would.`;
  return `${lead} where it can be seen in a file or a command, a linter's rule or a hook before the tool call would.`;
}

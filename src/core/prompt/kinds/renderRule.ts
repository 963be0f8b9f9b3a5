import type { PromptKind } from './promptKind';

/** A rule and the case in which it holds, as in "working on .sql files". */
export interface ConditionedRule {
  readonly rule: string;
  readonly condition?: string;
}

const fileKind = /^(?:working on|editing) \.([a-z0-9]{1,8}) files$/;
const opening = /^When ((?:working on|editing) \.[a-z0-9]{1,8} files), ([\s\S]+)$/i;

/** The files that a condition is about; none where it is not about a kind of file. */
export function globsFor(condition: string | undefined): readonly string[] {
  const [, extension] = fileKind.exec(condition ?? '') ?? [];
  return extension === undefined ? [] : [`**/*.${extension}`];
}

/** The condition that globs stand for; `undefined` where they name more than one kind of file, or a place. */
export function conditionOf(globs: readonly string[]): string | undefined {
  const [first, ...others] = globs;
  const [, extension] = /^(?:\*\*\/)?\*\.([a-z0-9]{1,8})$/i.exec(first ?? '') ?? [];
  return extension === undefined || others.length > 0
    ? undefined
    : `working on .${extension.toLowerCase()} files`;
}

/** Takes the words of a file-kind condition off a rule. */
export function splitCondition(text: string): ConditionedRule {
  const [, condition, rest] = opening.exec(text) ?? [];
  if (condition === undefined || rest === undefined) return { rule: text };
  return { rule: rest.charAt(0).toUpperCase() + rest.slice(1), condition: condition.toLowerCase() };
}

/** A name or an abbreviation keeps its capital. */
function continued(rule: string): string {
  return /^[A-Z](?:[a-z]|\s)/.test(rule) && !/^I\b/.test(rule)
    ? rule.charAt(0).toLowerCase() + rule.slice(1)
    : rule;
}

/**
 * A rule in the words that it needs in a file of this kind. Where the file's own frontmatter narrows it to the condition's files
 * (`globs`), the words "When working on …" are left out; elsewhere they stand.
 */
export function renderRule(
  rule: string,
  kind: PromptKind,
  condition?: string,
  globs: readonly string[] = [],
): string {
  const split = splitCondition(rule);
  const holds = condition ?? split.condition;
  if (holds === undefined) return rule;
  const narrowed = kind.narrowedBy !== undefined && conditionOf(globs) === holds;
  return narrowed ? split.rule : `When ${holds}, ${continued(split.rule)}`;
}

import type { PromptDocument } from '../../prompt/promptDocument';

const needs: readonly (readonly [what: RegExp, anyOf: readonly string[]])[] = [
  [
    /^(?:always |never )?(?:run|execute|commit|push|rebase|install)\b|\b(?:run|execute) (?:the |all |unit |integration )*(?:tests?|linter|build|type-?check|command)/i,
    ['Bash'],
  ],
  [
    /^(?:always )?(?:write|edit|update|create) (?:\w+ ){0,3}(?:files?|tests?|docs|documentation|changelog)\b/i,
    ['Edit', 'Write', 'MultiEdit'],
  ],
  [/^(?:always )?delegate\b/i, ['Task', 'Agent']],
];

/** Names of tools in the frontmatter; `undefined` where it lists none, so that the agent has them all. */
function toolsOf({ frontmatter }: PromptDocument): readonly string[] | undefined {
  const value = frontmatter.find(({ key }) => key === 'tools')?.value;
  const list = typeof value === 'string' ? value.split(/[\s,]+(?![^(]*\))/) : value;
  if (!Array.isArray(list)) return undefined;
  const names = list.flatMap((each: unknown) =>
    typeof each === 'string' ? [each.replace(/\(.*$/s, '').trim()] : [],
  );
  return names.filter((name) => name !== '').length === 0 || names.includes('*') ? undefined : names;
}

/** Tool that a rule needs and that the agent's `tools:` leaves out. A prohibition needs none. */
export function missingTool(document: PromptDocument, rule: string): string | undefined {
  const tools = toolsOf(document);
  // Names that are not Claude Code's cannot be compared with what is needed.
  if (
    tools === undefined ||
    !tools.some((name) => /^(?:Read|Grep|Glob|Bash|Edit|Write|WebFetch|WebSearch|Task|LS)$/.test(name))
  )
    return undefined;
  if (/^(?:never|do not|avoid)\b/i.test(rule)) return undefined;
  const needed = needs.find(([what]) => what.test(rule))?.[1];
  return needed === undefined || needed.some((name) => tools.includes(name)) ? undefined : needed[0];
}

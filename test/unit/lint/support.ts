import type { Finding } from '../../../src/core/lint/finding';
import { lintPrompts } from '../../../src/core/lint/lintPrompts';
import { lintedPrompt } from '../../../src/core/lint/lintSubject';
import type { DefinedCommands, PromptFacts } from '../../../src/core/lint/promptFacts';
import { FileTree } from '../../../src/node/facts/fileTree';
import { hash } from '../support/memoryPorts';

export interface World {
  readonly files?: readonly string[];
  readonly ignored?: readonly string[];
  readonly moved?: Readonly<Record<string, string>>;
  readonly scripts?: readonly DefinedCommands[];
  readonly targets?: readonly DefinedCommands[];
}

export function defined(path: string, names: readonly string[], open = false): DefinedCommands {
  return { path, names: new Set(names), open };
}

export function factsOf({
  files = [],
  ignored = [],
  moved = {},
  scripts = [],
  targets = [],
}: World): PromptFacts {
  const tree = new FileTree(files, true);
  return {
    has: async (path) => tree.has(path),
    hasLike: async (path) => tree.hasLike(path),
    isIgnored: async (path) => ignored.some((each) => path.startsWith(each)),
    named: async (name) => tree.named(name),
    movedTo: async (path) => moved[path],
    packageScripts: async () => scripts,
    makeTargets: async () => targets,
    justRecipes: async () => [],
  };
}

/** Findings in prompts given by their paths. */
export function lint(prompts: Readonly<Record<string, string>>, world?: World): Promise<readonly Finding[]> {
  return lintPrompts({
    prompts: Object.entries(prompts).map(([path, text]) => lintedPrompt(path, text)),
    hash,
    ...(world === undefined ? {} : { facts: factsOf(world) }),
  });
}

/** `line:column code message` of each, as the command line shows them. */
export function shown(findings: readonly Finding[]): string[] {
  return findings.map(({ place, code, message }) => `${place.line}:${place.column} ${code} ${message}`);
}

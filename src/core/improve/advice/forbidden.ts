import { readClaims } from '../claims';

/** A command line that a rule forbids: its words, the first of which is the program. */
export interface ForbiddenCommand {
  readonly words: readonly string[];
  /** Of these at least one must be there as well; empty where the words alone are forbidden. */
  readonly flags: readonly string[];
}

const programs =
  /^(?:npm|npx|yarn|pnpm|bun|pip3?|pipx|poetry|uv|git|rm|docker|cargo|make|python3?|node|sudo|kubectl|terraform|brew|apt|apt-get|curl|wget|gh|aws|chmod|psql|mysql)$/;

/** Words of a command in code marks. A rule's own words never run: they are compared with what the agent is about to run. */
const plainWord = /^[\w@./:=+-]+$/;

const phrases: readonly (readonly [RegExp, ForbiddenCommand])[] = [
  [/\bforce[- ]?push/i, { words: ['git', 'push'], flags: ['--force', '-f', '--force-with-lease'] }],
  [
    /--no-verify\b|\b(?:skip|bypass)\w* (?:the )?(?:git |pre-commit |commit )?hooks?\b/i,
    { words: ['git'], flags: ['--no-verify'] },
  ],
  [/\bamend\b/i, { words: ['git', 'commit'], flags: ['--amend'] }],
];

const negative =
  /\b(?:never|do not|don['’]t|must not|should not|cannot|avoid|not|instead of|rather than|without)\b/i;

/** What a negation of the rule reaches: all from it to the end of the clause. */
function forbiddenParts(rule: string): string[] {
  return rule.split(/(?<=[.;])\s+|,\s+(?=(?:use|run|always|but)\b)/i).flatMap((clause) => {
    const at = negative.exec(clause);
    // "Do not push without running the tests": what stands behind is asked for.
    return at === null
      ? []
      : [clause.slice(at.index).split(/(?<=\w.*)\s(?:unless|without|but use|use|instead use)\s/i)[0] ?? ''];
  });
}

/** Commands that the rule plainly forbids whatever the case; none where it names a case in which they are right. */
export function forbiddenCommands(rule: string): readonly ForbiddenCommand[] {
  if (/\b(?:unless|until|without asking|except|if|when)\b/i.test(rule)) return [];
  const parts = forbiddenParts(rule);
  const coded = parts.flatMap((part) =>
    [...part.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']): ForbiddenCommand[] => {
      const words = code.trim().split(/\s+/);
      if (!programs.test(words[0] ?? '') || !words.every((word) => plainWord.test(word))) return [];
      return [
        {
          words: words.filter((word) => !word.startsWith('-')),
          flags: words.filter((word) => word.startsWith('-')),
        },
      ];
    }),
  );
  const named = parts.flatMap((part) =>
    phrases.flatMap(([pattern, command]) => (pattern.test(part) ? [command] : [])),
  );
  const used = readClaims(rule).flatMap(({ wanted, verb, object, condition }): ForbiddenCommand[] => {
    const [program = ''] = object;
    const alone = !wanted && (verb === 'use' || verb === 'run') && condition.length === 0;
    if (!alone || object.length > 2 || !/^(?:npm|npx|yarn|pnpm|bun|pip|poetry|sudo)$/.test(program))
      return [];
    return object.length === 1 ? [{ words: [program], flags: [] }] : [];
  });
  const all = [...coded, ...named, ...used];
  return all.filter(
    (each, index) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(each)) === index,
  );
}

const lockFiles = [
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'Cargo.lock',
  'poetry.lock',
  'uv.lock',
];

/** Paths, relative to the project, that the rule forbids to edit; one that ends with a slash stands for all below it. */
export function forbiddenPaths(rule: string): readonly string[] {
  if (/\b(?:unless|until|except|if|when|without)\b/i.test(rule)) return [];
  const claims = readClaims(rule).filter(
    ({ wanted, verb }) => !wanted && /^(?:edit|delete|add|overwrit|creat)/.test(verb),
  );
  if (claims.length === 0) return [];
  const parts = forbiddenParts(rule).join(' ');
  if (/\block ?files?\b/i.test(parts)) return lockFiles;
  const named = parts.match(
    /(?<![\w/])(?:\.?[\w-]+\/)+[\w.-]*|(?<![\w/.])\.?[\w-]+\.(?:json|ya?ml|toml|lock|env|md|ts|js|py|sql|cfg|ini)\b|(?<![\w/])\.env\b/g,
  );
  return [...new Set(named ?? [])].map((path) => path.replace(/\.$/, ''));
}

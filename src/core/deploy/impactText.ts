import { signed } from '../report/format';
import type { Impact, TargetImpact } from './impact';

/** Sections that a line names. */
const mostSections = 3;

function sectionsText(sections: readonly string[]): readonly string[] {
  const named = sections.filter((section) => section !== '');
  if (named.length === 0) return [];
  const more = named.length - mostSections;
  const shown = named.slice(0, mostSections).join('; ');
  return [`Sections: ${shown}${more > 0 ? `; and ${more} more` : ''}`];
}

/** One file: what goes there, then what that changes. */
function targetLines(target: TargetImpact, { kind, templateId }: Impact): readonly string[] {
  const { path, agentType, from, to, unchanged } = target;
  const what = `${path} (agent ${agentType}): ${from ?? 'no file'} → ${to ?? 'no file'}`;
  const { linesAdded, linesRemoved, tokenDelta, tokens, sections } = target;
  if (unchanged) return [`${what}, holds it already. Tokens a call: ${tokens} (estimated)`];
  const isCopy = kind === 'deploy' && target.templateId !== templateId && from !== null;
  return [
    what,
    ...(isCopy ? [`Its text gives way to that of ${templateId}; its own frontmatter stays`] : []),
    `Lines: ${linesAdded} added, ${linesRemoved} removed. Tokens a call: ${signed(tokenDelta)}, ${tokens} in all (estimated)`,
    ...sectionsText(sections),
  ];
}

function line(head: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`${head}: ${items.join('; ')}`];
}

function testText({ version, verdict, tier }: Impact['tests'][number]): string {
  if (verdict === null) return `${version} not tested`;
  return `${version} ${verdict} (${tier} tier${tier === 'static' ? ', a proxy: no model ran' : ''})`;
}

function factLines(impact: Impact): readonly string[] {
  const { kind, importedBy, addressed, comeBack, openImprovements, tests, risk } = impact;
  return [
    ...line(
      'Imported by',
      importedBy.map(({ path, line: at }) => `${path}:${at}`),
    ),
    ...line(
      'Addresses',
      addressed.map(({ title }) => title),
    ),
    ...line(
      'May come back',
      comeBack.map(({ title }) => title),
    ),
    ...line(
      'Open improvements of these prompts',
      openImprovements.map(({ improvementId, pending }) => `${improvementId}, ${pending} pending`),
    ),
    ...(kind === 'deploy' ? line('Tests', tests.map(testText)) : []),
    `Risk: ${risk.level}${risk.reasons.length === 0 ? '' : `. ${risk.reasons.join(' ')}`}`,
  ];
}

/** What a deployment or a rollback would do. Plain text. */
export interface ImpactText {
  /** Of each file: a heading, then what changes in it. */
  readonly targets: readonly (readonly string[])[];
  /** Of all of them together; the risk comes last. */
  readonly facts: readonly string[];
}

export function impactText(impact: Impact): ImpactText {
  return {
    targets: impact.targets.map((target) => targetLines(target, impact)),
    facts: factLines(impact),
  };
}

/** The same for a terminal: a line each thing, what belongs to a file below it. */
export function impactLines(impact: Impact): readonly string[] {
  const { targets, facts } = impactText(impact);
  const ofFiles = targets.flatMap(([heading = '', ...lines]) => [
    heading,
    ...lines.map((each) => `  ${each}`),
  ]);
  return [...ofFiles, ...facts];
}

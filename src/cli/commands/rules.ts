import { makeRemovalVersion } from '../../core/canary/removalCandidate';
import { PipelineError } from '../../core/errors';
import type { Rules } from '../../core/observe/readRules';
import { prunedLine, ruleCaveats, ruleLines, ruleSentence, rulesLabel } from '../../core/observe/ruleText';
import type { Register } from '../cli';

interface Options {
  readonly testRemoval?: string;
}

function textOf({ rules, pruned }: Rules): string {
  if (rules.length + pruned.length === 0) return 'No accepted rule stands in a deployed prompt.';
  const gone = pruned.length === 0 ? [] : ['', 'Taken out after a test:', ...pruned.map(prunedLine)];
  return [rulesLabel, ...rules.flatMap((rule) => ['', ...ruleLines(rule)]), ...gone, '', ...ruleCaveats].join(
    '\n',
  );
}

export const registerRules: Register = (program, run) => {
  program
    .command('rules')
    .argument('[id]', 'only the rules of this template')
    .description('what became of the corrections that each accepted rule was to cure, and its tokens')
    .option('--test-removal <rule>', 'make a version without this rule, to be tried against what is deployed')
    .action(
      run(async (cli, id: string | undefined, { testRemoval }: Options) => {
        await cli.withWorkspace(async ({ observer, templates }) => {
          if (id !== undefined) await templates.get(id);
          if (testRemoval !== undefined) {
            const version = await makeRemovalVersion(templates, requireId(id), testRemoval);
            cli.output.answer({ version }, () => {
              const { templateId, version: number } = version;
              return `${templateId} ${number}: without the rule. Nothing is deployed; archive it with "version ${templateId} ${number} --status archived".`;
            });
            return;
          }
          const found = await observer.rules({
            ...(id === undefined ? {} : { templateId: id }),
            ...(cli.signal === undefined ? {} : { signal: cli.signal }),
          });
          cli.output.skipped(found.skipped);
          const rules = found.rules.map((rule) => ({ ...rule, sentence: ruleSentence(rule) }));
          cli.output.answer({ label: rulesLabel, ...found, rules, caveats: ruleCaveats }, () =>
            textOf(found),
          );
        });
      }),
    );
};

function requireId(id: string | undefined): string {
  if (id !== undefined) return id;
  throw new PipelineError('INVALID_INPUT', 'Name the template that the rule stands in.', {
    subject: '--test-removal',
    remedy: 'As in "rules ID --test-removal RULE"; "rules" lists both ids.',
  });
}

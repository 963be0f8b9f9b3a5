import { Option } from 'commander';
import { type TemplateType, templateTypeSchema } from '../../core/model/template';
import type { Register } from '../cli';
import { readNamedFile } from '../input';

interface Options {
  readonly file: string;
  readonly type: TemplateType;
  readonly agent: string;
}

export const registerCreate: Register = (program, run) => {
  program
    .command('create')
    .argument('<id>', 'id of the new template')
    .description('make a template by hand')
    .requiredOption('--file <file>', 'file with its text')
    .addOption(
      new Option('--type <type>', 'what it is').choices(templateTypeSchema.options).makeOptionMandatory(),
    )
    .requiredOption('--agent <name>', 'agent that it is for')
    .action(
      run(async (cli, id: string, { file, type, agent }: Options) => {
        const bytes = await readNamedFile(file);
        await cli.withWorkspace(async ({ templates }) => {
          const template = await templates.create({
            templateId: id,
            bytes,
            templateType: type,
            agentType: agent,
          });
          cli.output.answer({ template }, () => `${template.templateId} ${template.currentVersion}`);
        });
      }),
    );
};

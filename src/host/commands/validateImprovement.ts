import type { Command } from '../command';
import { commandIds } from '../ids';
import { pickImprovement } from '../pickers';
import { comparisonText } from '../replay/comparisonText';
import { compareTexts } from '../replay/runReplay';

/** Lets the chosen model answer under the prompt with and without an improvement, and keeps what came out as its test. */
export const validateImprovement: Command = {
  id: commandIds.validateImprovement,
  needsTrust: true,
  async run(host, args) {
    const improvementId = await pickImprovement(host, args.improvementId);
    if (improvementId === undefined) return undefined;
    const { validator, templates } = await host.session.open();
    const texts = await validator.improvementTexts(improvementId);
    const compared = await compareTexts(
      host,
      { a: texts.old, b: texts.proposed },
      'Claude PM: testing the improvement',
    );
    if (compared === undefined) return undefined;
    const { comparison, scenarios } = compared;
    const report = await validator.keepReplay(texts, comparison, scenarios);
    host.session.refresh();
    const { improvement } = texts.about;
    const path = improvement === undefined ? '' : (await templates.get(improvement.templateId)).path;
    const page = await host.pages.show(
      comparisonText(comparison, {
        a: `${path} ${improvement?.baseVersion ?? ''}`,
        b: `${path} with the improvement`,
      }),
    );
    return { verdict: report.verdict, tier: report.tier, reportId: report.reportId, page: page.toString() };
  },
};

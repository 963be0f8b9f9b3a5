import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Command } from '../command';
import { commandIds } from '../ids';
import { reportText } from '../replay/reportText';
import { templateOf } from '../templateOf';

/** The open prompt, saved or not, beside what is deployed, on all corrections of its agent: static, so that it asks no model. */
export const quickValidation: Command = {
  id: commandIds.quickValidation,
  needsTrust: true,
  async run(host) {
    const document = vscode.window.activeTextEditor?.document;
    const template = document && (await templateOf(host.session, document.uri));
    if (document === undefined || template === undefined) {
      throw new PipelineError('ILLEGAL_STATE', 'No prompt file is open in front.', {
        subject: 'editor',
        remedy: 'Open a prompt that is managed here, and run it again; nothing was changed.',
      });
    }
    const { validator } = await host.session.open();
    const report = await validator.validatePrompt(document.getText(), template.agentType);
    const page = await host.pages.show(reportText(report, template.path));
    return { verdict: report.verdict, tier: report.tier, page: page.toString() };
  },
};

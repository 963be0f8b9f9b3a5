import * as vscode from 'vscode';
import { PipelineError } from '../../core/errors';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { showError } from '../showError';

/** The person wants to hear no more of a pattern: it comes back only when new sessions show it again. */
export const dismissPattern: Command = {
  id: commandIds.dismissPattern,
  needsTrust: true,
  async run(host, { patternId }) {
    if (patternId === undefined) {
      throw new PipelineError('INVALID_INPUT', 'No pattern was named.', {
        subject: 'patternId',
        remedy: 'Dismiss a pattern from the report; nothing was changed.',
      });
    }
    const engine = await loadEngine();
    const { ports } = await host.session.open();
    const dismissal = await engine.dismissPattern(ports, patternId);
    host.session.refresh();
    const message = `Dismissed “${dismissal.pattern.title}”. Its corrections are kept; it comes back when new sessions show it again.`;
    // Not awaited: the notification stays until the person closes it.
    void vscode.window.showInformationMessage(withoutLinks(message), 'Undo').then(async (choice) => {
      if (choice === undefined) return;
      try {
        await engine.restorePattern(ports, dismissal);
        host.session.refresh();
      } catch (error) {
        showError(host.log, error);
      }
    });
    return { patternId };
  },
};

import * as vscode from 'vscode';
import type { ReportMessage } from '../../protocol';
import { commandIds } from '../ids';
import { openEvidence } from '../source/openEvidence';
import type { WorkspaceSession } from '../workspaceSession';
import { openPrompt } from './openPrompt';
import type { ReportRecords } from './reportRecords';

type Action = Exclude<ReportMessage, { type: 'ready' | 'select' | 'openSection' }>;

/** Does what a button of the report asks for. What the page does not hold is not found, and nothing happens. */
export async function act(action: Action, records: ReportRecords, session: WorkspaceSession): Promise<void> {
  switch (action.type) {
    case 'openSource': {
      const evidence = records.evidenceOf(action.correctionId);
      if (evidence) await openEvidence((await session.open()).root, evidence, action.correctionId);
      return;
    }
    case 'openPrompt': {
      const entry = records.patterns.get(action.patternId);
      if (entry) await openPrompt((await session.open()).root, entry);
      return;
    }
    case 'improve': {
      const agentType = records.patterns.get(action.patternId)?.pattern.agentType;
      if (agentType === undefined) return;
      await vscode.commands.executeCommand(commandIds.runImprovement, {
        agentType,
        patternId: action.patternId,
      });
      return;
    }
    case 'dismiss':
      await vscode.commands.executeCommand(commandIds.dismissPattern, { patternId: action.patternId });
      return;
    case 'export':
      await vscode.commands.executeCommand(commandIds.exportReport, {
        format: action.format,
        ...(action.part === undefined ? {} : { part: action.part }),
      });
      return;
    default:
      await vscode.commands.executeCommand(commandIds[action.type]);
  }
}

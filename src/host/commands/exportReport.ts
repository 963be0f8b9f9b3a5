import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';

const filters = { html: 'Web page', csv: 'CSV, one row a pattern', json: 'JSON' } as const;
type Format = keyof typeof filters;

function isFormat(name: string | undefined): name is Format {
  return name !== undefined && name in filters;
}

/** The wanted format first: the dialog offers the first one. */
async function askWhere(
  host: Host,
  wanted: Format,
  part: 'monitoring' | undefined,
): Promise<vscode.Uri | undefined> {
  const others = Object.entries(filters).filter(([format]) => format !== wanted);
  const choices = [[wanted, filters[wanted]] as const, ...others];
  const folder = await host.session.folder();
  return vscode.window.showSaveDialog({
    title: part === 'monitoring' ? 'Export Monitoring' : 'Export Report',
    saveLabel: 'Export',
    filters: Object.fromEntries(choices.map(([format, name]) => [name, [format]])),
    ...(folder ? { defaultUri: vscode.Uri.joinPath(folder, `claude-pm-${part ?? 'report'}.${wanted}`) } : {}),
  });
}

async function open(uri: vscode.Uri, format: Format): Promise<void> {
  if (format === 'html') await vscode.env.openExternal(uri);
  else await vscode.commands.executeCommand('vscode.open', uri);
}

/** Writes the whole report to a file of the person's choice; its extension gives the format. */
export const exportReport: Command = {
  id: commandIds.exportReport,
  needsTrust: true,
  async run(host, args) {
    const part = args.part === 'monitoring' ? args.part : undefined;
    const target = await askWhere(host, isFormat(args.format) ? args.format : 'html', part);
    if (!target) return undefined;
    const { formatOf, loadReport, reportPieces, writeReportFile } = await loadEngine();
    const format = formatOf(target.path);
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Claude PM: exporting the report' },
      async () => {
        const { ports, access, canaryWatch } = await host.session.open();
        const watch = (await access.may('patterns.analyze')) ? canaryWatch : undefined;
        const model = await loadReport(ports, watch);
        await writeReportFile(target.fsPath, reportPieces(model, format, part));
      },
    );
    // Not awaited: the notification stays until the person answers.
    const message = `Report exported to ${basename(target.fsPath)}.`;
    void vscode.window.showInformationMessage(message, 'Open').then(async (choice) => {
      if (choice) await open(target, format);
    });
    return { path: target.fsPath, format };
  },
};

import * as vscode from 'vscode';
import type { Workspace } from '../../node/openWorkspace';
import { tellPath } from '../backup/tellPath';
import { abortSignalOf } from '../cancellation';
import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import { commandIds } from '../ids';
import { withoutLinks } from '../plainText';
import { plural } from '../plural';

const title = 'Restore from Backup';
/** Paths that the question names. */
const shown = 12;

type Restored = Awaited<ReturnType<Workspace['backups']['restore']>>;
type Scope = Restored['scope'];
type Choice = Scope | 'test';

/** Brings back what a backup holds: all of it or nothing. What was there is kept aside. */
export const restoreBackup: Command = {
  id: commandIds.restoreBackup,
  needsTrust: true,
  async run(host, args) {
    const { backups } = await host.session.open();
    const path = args.path ?? (await pickArchive(backups));
    if (path === undefined) return undefined;
    const scope = await pickScope(args);
    if (scope === undefined) return undefined;
    const work = <T>(message: string, task: (signal: AbortSignal) => Promise<T>) =>
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: message, cancellable: true },
        (_progress, token) => task(abortSignalOf(token)),
      );
    if (scope === 'test')
      return tell(await work('Testing the backup', (signal) => backups.test(path, { signal })), path);
    const plan = await work('Checking the backup', (signal) =>
      backups.restore(path, { scope, dryRun: true, signal }),
    );
    const { added, changed, removed } = plan.changes;
    if (added.length + changed.length + removed.length === 0) {
      void vscode.window.showInformationMessage(
        'Everything is as in this backup already; nothing was changed.',
      );
      return plan;
    }
    if (args.confirmed !== true && !(await confirm(plan))) return undefined;
    const restored = await work('Restoring', (signal) => backups.restore(path, { scope, signal }));
    await host.session.reopen();
    host.documents.refreshAll();
    const meanwhile = restored.leftAlone
      .map((file) => ` ${file} was changed meanwhile and left as it is.`)
      .join('');
    const text = `Restored as of ${new Date(restored.createdAt).toLocaleString()}. What was there before is kept in ${restored.kept}.${meanwhile}`;
    tellPath(text, restored.kept ?? '');
    return restored;
  },
};

async function pickArchive(backups: Workspace['backups']): Promise<string | undefined> {
  const archives = await backups.list();
  const other = { label: 'Another file…', description: '', path: undefined };
  const chosen = await vscode.window.showQuickPick(
    [
      ...archives.map(({ createdAt, bytes, path, name }) => ({
        label: createdAt.toLocaleString(),
        description: `${(bytes / 1000).toFixed(1)} kB`,
        detail: name,
        path,
      })),
      other,
    ],
    { title, placeHolder: archives.length === 0 ? 'There is no backup here yet.' : 'Which backup?' },
  );
  if (chosen === undefined || chosen.path !== undefined) return chosen?.path;
  const files = await vscode.window.showOpenDialog({
    title,
    filters: { 'Backups of age': ['age'], 'All files': ['*'] },
  });
  return files?.[0]?.fsPath;
}

type Tested = Awaited<ReturnType<Workspace['backups']['test']>>;

/** What the restore test found. */
function tell(tested: Tested, path: string): Tested {
  const { files, records, problems, createdAt } = tested;
  const [first, ...more] = problems;
  const made = `The backup of ${new Date(createdAt).toLocaleString()}`;
  if (first === undefined) {
    const text = `${made} can be restored: ${plural(files, 'file')} unpacked elsewhere, ${plural(records, 'record')} read. Nothing was changed.`;
    tellPath(text, path);
    return tested;
  }
  const text = `${made} cannot be restored as a whole: ${first.path}: ${first.reason}.${more.length > 0 ? ` ${more.length} more.` : ''} Nothing was changed; make a new backup.`;
  void vscode.window.showWarningMessage(withoutLinks(text));
  return tested;
}

async function pickScope({ format }: CommandArguments): Promise<Choice | undefined> {
  const scopes: readonly (vscode.QuickPickItem & { readonly scope: Choice })[] = [
    {
      label: 'Records',
      detail: 'Corrections, patterns, versions and settings; prompt files stay as they are.',
      scope: 'records',
    },
    { label: 'Records and prompt files', detail: 'Also what your agents read.', scope: 'all' },
    { label: 'Prompt files', detail: 'What your agents read; records stay as they are.', scope: 'prompts' },
    {
      label: 'Nothing: only test the backup',
      detail: 'Unpacks it elsewhere and reads every record.',
      scope: 'test',
    },
  ];
  const given = scopes.find(({ scope }) => scope === format);
  if (given) return given.scope;
  return (await vscode.window.showQuickPick(scopes, { title, placeHolder: 'What is to be brought back?' }))
    ?.scope;
}

async function confirm({ changes, createdAt }: Restored): Promise<boolean> {
  const { added, changed, removed } = changes;
  const lines = [
    ...changed.map((path) => `~ ${path}`),
    ...removed.map((path) => `- ${path}`),
    ...added.map((path) => `+ ${path}`),
  ];
  const more = lines.length - shown;
  const detail = [
    ...lines.slice(0, shown),
    ...(more > 0 ? [`… and ${more} more`] : []),
    '',
    'What is there now is kept in a folder .before-restore-… of .claude-pm. The log of changes is not taken back.',
  ].join('\n');
  const message = `Restore as of ${new Date(createdAt).toLocaleString()}? ${plural(changed.length, 'file')} replaced, ${added.length} added, ${removed.length} taken away.`;
  const button = 'Restore';
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}

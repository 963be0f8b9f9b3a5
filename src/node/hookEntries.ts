import {
  applyEdits,
  type FormattingOptions,
  modify,
  type ParseError,
  parse,
  printParseErrorCode,
} from 'jsonc-parser';
import { isRecord } from '../core/capture/claudeCode/claudeCodeLines';
import { PipelineError } from '../core/errors';
import { lineAt } from './jsonText';

/** An event of Claude Code's hooks; `matcher` narrows it to tools by their names. */
export interface HookEntry {
  readonly event: string;
  readonly matcher?: string;
}

/** Entries of one purpose, told apart from others by their command. */
export interface HookKind {
  readonly command: string;
  readonly isOurs: (command: string) => boolean;
}

/** The launcher's name, by which our entries are known again. */
export const launcherName = 'claude-pm-hook';

/**
 * What the settings call: a launcher in the person's own folder, whose path stays when the extension is updated. Where it is
 * missing (a colleague's machine), the command still ends well and says nothing.
 */
export function launcherCommand(...words: readonly string[]): string {
  return [`"$HOME/.claude-pm/bin/${launcherName}"`, ...words, '2>/dev/null || true'].join(' ');
}

/** Seconds after which Claude Code gives up on the hook. */
const hookTimeout = 5;

/**
 * The settings with these entries, all else as it is: other keys, other hooks, comments and layout.
 * @param text of a Claude Code settings file; undefined or empty for one that is not there yet
 * @throws PipelineError INVALID_INPUT with the line when the text is no JSON, or `hooks` is no object
 */
export function withEntries(
  text: string | undefined,
  file: string,
  kind: HookKind,
  entries: readonly HookEntry[],
): string {
  let result = text === undefined || text.trim() === '' ? '{}\n' : text;
  for (const { event, matcher } of entries) {
    const groups = groupsOf(result, file, event);
    if (groups.some((group) => isOf(kind, group))) continue;
    const hooks = [{ type: 'command', command: kind.command, timeout: hookTimeout }];
    const group = matcher === undefined ? { hooks } : { matcher, hooks };
    result = edit(result, ['hooks', event, groups.length], group);
  }
  return result.endsWith('\n') ? result : `${result}\n`;
}

/**
 * The settings without our entries on these events: what was only there for them goes too, all else stays. The same text when there are
 * none.
 * @throws PipelineError INVALID_INPUT, as `withEntries`
 */
export function withoutEntries(
  text: string,
  file: string,
  kind: HookKind,
  events: readonly string[],
): string {
  let result = text;
  for (const event of events) {
    for (let index = groupsOf(result, file, event).length - 1; index >= 0; index--) {
      const groups = groupsOf(result, file, event);
      if (!isOf(kind, groups[index])) continue;
      result = edit(result, groups.length === 1 ? ['hooks', event] : ['hooks', event, index], undefined);
    }
  }
  const hooks = rootOf(result, file)['hooks'];
  const empty = result !== text && isRecord(hooks) && Object.keys(hooks).length === 0;
  return empty ? edit(result, ['hooks'], undefined) : result;
}

export function hasEntries(text: string, file: string, kind: HookKind, events: readonly string[]): boolean {
  return events.some((event) => groupsOf(text, file, event).some((group) => isOf(kind, group)));
}

function isOf({ isOurs }: HookKind, group: unknown): boolean {
  if (!isRecord(group) || !Array.isArray(group['hooks'])) return false;
  return group['hooks'].some(
    (hook: unknown) => isRecord(hook) && typeof hook['command'] === 'string' && isOurs(hook['command']),
  );
}

function groupsOf(text: string, file: string, event: string): readonly unknown[] {
  const hooks = rootOf(text, file)['hooks'];
  if (hooks === undefined) return [];
  if (!isRecord(hooks)) throw invalid(file, 1, '"hooks" is not an object');
  const groups = hooks[event];
  if (groups === undefined) return [];
  if (!Array.isArray(groups)) throw invalid(file, 1, `"hooks.${event}" is not a list`);
  return groups;
}

function rootOf(text: string, file: string): Readonly<Record<string, unknown>> {
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) throw invalid(file, lineAt(text, error.offset), printParseErrorCode(error.error));
  if (!isRecord(root)) throw invalid(file, 1, 'it is not a JSON object');
  return root;
}

function invalid(file: string, line: number, reason: string): PipelineError {
  return new PipelineError('INVALID_INPUT', `${file}:${line} cannot be edited: ${reason}.`, {
    subject: `${file}:${line}`,
    remedy: 'Correct the file and try again; nothing was written.',
  });
}

function edit(text: string, path: (string | number)[], value: unknown): string {
  const isInsertion = value !== undefined && typeof path.at(-1) === 'number';
  return applyEdits(
    text,
    modify(text, path, value, { formattingOptions: layoutOf(text), isArrayInsertion: isInsertion }),
  );
}

/** As the file is laid out; two spaces where it does not tell. */
function layoutOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return indent.startsWith('\t')
    ? { insertSpaces: false, tabSize: 1, eol }
    : { insertSpaces: true, tabSize: indent.length, eol };
}

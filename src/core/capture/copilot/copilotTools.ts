import { unnamedSubagent } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { EventBody } from '../traceBuilder';
import { type Fields, fieldsIn, markdownIn, numberIn } from './copilotFields';
import { filePathOf } from './copilotUri';

/** Characters kept of what a tool was to do; a correction keeps fewer still. */
const longestExcerpt = 2000;

/** `ToolConfirmKind` of VS Code's `chatService.ts`; versions before 1.104 wrote true or false. */
const denied = 0;
const byUserAction = 4;
const skipped = 5;

/** What stands for the file where a person changed the command that an agent was about to run. */
export const terminalCommand = 'terminal command';

/** A tool call of a response (`IChatToolInvocationSerialized`): what it was to do, and what the person did about it. */
export interface CopilotTool {
  readonly id: string;
  readonly name: string;
  /** The subagent's call, when it was a subagent that used the tool. */
  readonly within: string | undefined;
  readonly delegatesTo: string | undefined;
  readonly events: readonly EventBody[];
}

/** @param stopped the whole request was cancelled */
export function readTool(part: Fields, fallbackId: string, stopped: boolean): CopilotTool {
  const id = firstText(part, ['toolCallId']) ?? fallbackId;
  const name = firstText(part, ['toolId', 'toolName']) ?? 'tool';
  const delegatesTo = subagentOf(fieldsIn(part, 'toolSpecificData'));
  const file = fileNamed(part);
  const use: EventBody = {
    kind: 'tool-use',
    toolUseId: id,
    name,
    excerpt: excerptOf(part).slice(0, longestExcerpt),
    ...(file === undefined ? {} : { file }),
    ...(delegatesTo === undefined ? {} : { delegatesTo }),
  };
  const within = firstText(part, ['subAgentInvocationId']) || undefined;
  return { id, name, within, delegatesTo, events: [use, ...outcome(part, id, stopped)] };
}

function outcome(part: Fields, toolUseId: string, stopped: boolean): readonly EventBody[] {
  if (isRejected(part['isConfirmed'], stopped)) return [{ kind: 'tool-rejected', toolUseId, reason: '' }];
  const edited = editedCommand(part);
  const result: EventBody[] = part['isComplete'] === true ? [{ kind: 'tool-result', toolUseId }] : [];
  return edited ? [edited, ...result] : result;
}

/**
 * Denied is a person's refusal, also when it was the whole request that was stopped while the tool waited for a yes. Skipped
 * is a person's button ("proceed without running it"), but it is also written for tools that a stop cut off. Later versions
 * say who it was: a hook's denial is none of a person. Absent means that nobody was asked, or had not answered yet.
 */
function isRejected(confirmed: unknown, stopped: boolean): boolean {
  if (!isRecord(confirmed)) return confirmed === false;
  const source = confirmed['source'];
  if (source !== undefined && source !== 'user') return false;
  const type = numberIn(confirmed, 'type');
  return type === denied || (type === skipped && !stopped);
}

/** The person may change a command before saying yes: `userEdited` is set only while it differs from the agent's. */
function editedCommand(part: Fields): EventBody | undefined {
  const confirmed = part['isConfirmed'];
  if (confirmed !== true && numberIn(confirmed, 'type') !== byUserAction) return undefined;
  const command = fieldsIn(fieldsIn(part, 'toolSpecificData'), 'commandLine');
  const before = firstText(command, ['toolEdited', 'original']);
  const after = firstText(command, ['userEdited']);
  if (before === undefined || after === undefined || after.trim() === before.trim()) return undefined;
  return { kind: 'edit-modified', file: terminalCommand, before, after };
}

function subagentOf(data: Fields): string | undefined {
  if (data['kind'] !== 'subagent') return undefined;
  return firstText(data, ['agentName'])?.trim() || unnamedSubagent;
}

/** The command, the input, or what the tool says of itself. */
function excerptOf(part: Fields): string {
  const data = fieldsIn(part, 'toolSpecificData');
  const command =
    firstText(fieldsIn(data, 'commandLine'), ['userEdited', 'toolEdited', 'original']) ??
    firstText(data, ['command', 'prompt']);
  if (command !== undefined) return command;
  const said = markdownIn(part, 'pastTenseMessage') ?? markdownIn(part, 'invocationMessage') ?? '';
  return [said, ...inputs(fieldsIn(data, 'rawInput'))].join('\n').trim();
}

/** The texts of a tool's input, by name. */
function inputs(input: Fields): readonly string[] {
  return Object.entries(input)
    .slice(0, 20)
    .flatMap(([name, value]) =>
      typeof value === 'string' ? `${name}: ${value.slice(0, longestExcerpt)}` : [],
    );
}

/** Messages name files by links: `Read [](file:///home/me/a.ts#1-1), lines 1 to 200`. */
function fileNamed(part: Fields): string | undefined {
  const said = markdownIn(part, 'pastTenseMessage') ?? markdownIn(part, 'invocationMessage') ?? '';
  const link = /\]\(((?:file|vscode-remote):[^)\s]{1,2000})\)/.exec(said.slice(0, 10_000))?.[1];
  return link === undefined ? undefined : filePathOf(link);
}

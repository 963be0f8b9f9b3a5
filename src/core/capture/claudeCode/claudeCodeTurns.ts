import type { Place, TraceBuilder } from '../traceBuilder';
import { type Delegations, delegatedType } from './claudeCodeAgents';
import { type PendingTool, personalEdit, writtenLines } from './claudeCodeEdits';
import { type Block, blocksOf, type ClaudeCodeLine, firstText } from './claudeCodeLines';
import type { QueuedMessages } from './claudeCodeQueue';
import { interruptIn, rejectionReason } from './claudeCodeRejection';

/** What must be remembered between the lines of one chain. */
export interface LineContext {
  /** User texts of this chain are a person's (a subagent's come from the agent above it). */
  readonly personal: boolean;
  /** Edits and plans that wait for their result, by the id of the tool use. */
  readonly tools: Map<string, PendingTool>;
  readonly queue: QueuedMessages;
  readonly delegations: Delegations;
}

/** A tool's excerpt is for a reader; more than this is never shown. Characters. */
const excerptLimit = 1500;
const excerptKeys = [
  'command',
  'new_string',
  'plan',
  'content',
  'prompt',
  'pattern',
  'query',
  'url',
  'skill',
  'description',
];
const fileKeys = ['file_path', 'notebook_path', 'path'];
const changedByPeople: ReadonlySet<string> = new Set([
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'ExitPlanMode',
]);
/** `origin.kind` of texts that a program put into the thread. */
const programOrigins: ReadonlySet<string> = new Set([
  'task-notification',
  'coordinator',
  'auto-continuation',
  'channel',
]);

export function readAssistantLine(
  line: ClaudeCodeLine,
  place: Place,
  trace: TraceBuilder,
  context: LineContext,
): void {
  // The tool's own stand-ins for a reply ("No response requested.", an API error) are not the agent's work.
  if (line.model === '<synthetic>') return;
  for (const block of blocksOf(line.messageContent)) {
    if (block.type === 'text') trace.add(place, { kind: 'agent', text: block.text ?? '' });
    // Thinking is not for others to read, but the agent was at work.
    else if (block.type === 'thinking' || block.type === 'redacted_thinking')
      trace.add(place, { kind: 'agent', text: '' });
    else if (block.type === 'tool_use') readToolUse(block, place, trace, context);
  }
}

function readToolUse(block: Block, place: Place, trace: TraceBuilder, context: LineContext): void {
  const toolUseId = block.id ?? '';
  const name = block.name ?? '';
  context.delegations.call(block);
  if (changedByPeople.has(name)) context.tools.set(toolUseId, { name, input: block.input });
  const file = firstText(block.input, fileKeys);
  const delegatesTo = delegatedType(block);
  trace.add(place, {
    kind: 'tool-use',
    toolUseId,
    name,
    excerpt: (firstText(block.input, excerptKeys) ?? '').slice(0, excerptLimit),
    ...(file === undefined ? {} : { file }),
    ...(delegatesTo === undefined ? {} : { delegatesTo }),
  });
}

export function readUserLine(
  line: ClaudeCodeLine,
  place: Place,
  trace: TraceBuilder,
  context: LineContext,
): void {
  const typed: string[] = [];
  const blocks = blocksOf(line.messageContent);
  const alone = blocks.filter(({ type }) => type === 'tool_result').length === 1;
  for (const [index, block] of blocks.entries()) {
    if (block.type === 'tool_result') {
      const toolUseId = block.tool_use_id ?? `block ${index}`;
      context.delegations.result(line, block);
      const reason = rejectionReason(line, block, alone);
      if (reason === undefined) readResult(line, toolUseId, place, trace, context);
      else {
        context.tools.delete(toolUseId);
        trace.add(place, { kind: 'tool-rejected', toolUseId, reason });
      }
    } else if (block.type === 'text') {
      const interrupt = interruptIn(block.text ?? '');
      if (interrupt) trace.add(place, { kind: 'interrupted', forToolUse: interrupt.forToolUse });
      const text = interrupt?.rest ?? block.text ?? '';
      if (isTyped(text)) typed.push(text.trim());
    }
  }
  if (typed.length === 0 || !context.personal || !isPersons(line)) return;
  const text = typed.join('\n\n');
  context.queue.turn(text);
  trace.add(place, { kind: 'human', text });
}

function readResult(
  line: ClaudeCodeLine,
  toolUseId: string,
  place: Place,
  trace: TraceBuilder,
  context: LineContext,
): void {
  trace.add(place, { kind: 'tool-result', toolUseId });
  const asked = context.tools.get(toolUseId);
  context.tools.delete(toolUseId);
  const edit = personalEdit(line.toolUseResult, asked);
  if (edit) trace.add(place, edit);
  const written = writtenLines(line.toolUseResult, asked);
  if (written) trace.add(place, { kind: 'agent-edit', toolUseId, ...written });
}

/** Command output, reminders and what an editor adds are wrapped in tags. */
function isTyped(text: string): boolean {
  return text.trim() !== '' && !/^\s*<[a-z]/i.test(text);
}

function isPersons(line: ClaudeCodeLine): boolean {
  if (line.isMeta || line.isCompactSummary || line.isSidechain) return false;
  return line.promptSource !== 'system' && !programOrigins.has(line.originKind ?? '');
}

import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { EventBody } from '../traceBuilder';
import { type Fields, fieldsIn, listIn, markdownIn } from './copilotFields';
import { readTool } from './copilotTools';
import { filePathOf } from './copilotUri';

/** What one part of a response, or several that belong together, tell. */
export interface PartEvent {
  /** Position of the part in the response. */
  readonly index: number;
  /** Tells apart what one part tells. */
  readonly id: string;
  readonly body: EventBody;
  /** Call of the subagent that did it. */
  readonly within?: string | undefined;
}

/** Parts that say nothing of what an agent did or a person corrected: progress, questions, references, the tool's own notes. */
const silent: ReadonlySet<string> = new Set(
  (
    'autoModeResolution clearToPreviousToolInvocation codeblockUri codeCitation command confirmation ' +
    'disabledClaudeHooks elicitation elicitation2 elicitationSerialized extensions hook info ' +
    'mcpAuthenticationRequired mcpServersInteractionRequired mcpServersStarting mcpServersStartingSlow move ' +
    'multiDiffData prepareToolInvocation progressMessage progressTask progressTaskSerialized pullRequest ' +
    'questionCarousel reference systemNotification thinking treeData undoStop usage usedContext voiceProgress warning'
  ).split(' '),
);

/** Characters kept of an edit's text where it only is to be shown. */
const longestText = 4000;
/** Lines kept of one edit. */
const mostLines = 5000;

/** Reads the parts of one response, in order. `unknown` counts kinds of parts that are not known. */
export class CopilotParts {
  readonly events: PartEvent[] = [];
  readonly unknown = new Map<string, number>();
  /** What the agent wrote, by file. */
  readonly written = new Map<string, string>();
  /** Agent types of the subagents, by their call. */
  readonly subagents = new Map<string, string>();
  readonly #stopped: boolean;
  #text = '';
  #textStart = 0;

  /** @param stopped the request was cancelled */
  constructor(parts: readonly unknown[], stopped: boolean) {
    this.#stopped = stopped;
    for (const [index, part] of parts.entries()) this.#take(part, index);
    this.#endText();
  }

  #take(part: unknown, index: number): void {
    const text = textOf(part);
    if (text !== undefined) {
      if (this.#text === '') this.#textStart = index;
      this.#text += text;
      return;
    }
    const kind = isRecord(part) ? (firstText(part, ['kind']) ?? 'without a kind') : 'no object';
    if (silent.has(kind) || isTree(part)) return;
    this.#endText();
    if (!isRecord(part) || !this.#told(kind, part, index)) {
      const name = kind.slice(0, 60);
      this.unknown.set(name, (this.unknown.get(name) ?? 0) + 1);
    }
  }

  #told(kind: string, part: Fields, index: number): boolean {
    switch (kind) {
      case 'toolInvocationSerialized':
      case 'toolInvocation':
        this.#tool(part, index);
        return true;
      case 'textEditGroup':
      case 'textEdit':
      case 'notebookEditGroup':
      case 'notebookEdit':
        this.#edit(filePathOf(part['uri']), addedText(part), index);
        return true;
      case 'externalEdit':
        this.#edit(filePathOf(part['uri']), '', index);
        return true;
      case 'workspaceEdit':
        for (const edit of listIn(part, 'edits')) {
          const file = filePathOf(fieldsIn(edit, 'newResource')) ?? filePathOf(fieldsIn(edit, 'oldResource'));
          this.#edit(file, '', index);
        }
        return true;
      case 'planReview':
        this.#plan(part, index);
        return true;
      default:
        return false;
    }
  }

  #tool(part: Fields, index: number): void {
    const { id, within, delegatesTo, events } = readTool(part, `part-${index}`, this.#stopped);
    if (delegatesTo !== undefined) this.subagents.set(id, delegatesTo);
    for (const body of events) this.events.push({ index, id, body, within });
  }

  #edit(file: string | undefined, added: string, index: number): void {
    if (file === undefined) return;
    const id = `edit-${index}`;
    const excerpt = added.slice(0, longestText);
    this.events.push({ index, id, body: { kind: 'tool-use', toolUseId: '', name: 'edit', file, excerpt } });
    if (added.trim() === '') return;
    this.written.set(file, excerpt);
    const lines = added.split(/\r?\n/, mostLines);
    this.events.push({ index, id, body: { kind: 'agent-edit', toolUseId: '', file, added: lines } });
  }

  /** A plan put before the person (`IChatPlanReview`): refused, or taken with words. */
  #plan(part: Fields, index: number): void {
    const id = firstText(part, ['resolveId']) ?? `plan-${index}`;
    const data = fieldsIn(part, 'data');
    const feedback = (firstText(data, ['feedback']) ?? '').trim();
    const excerpt = (firstText(part, ['content']) ?? '').slice(0, longestText);
    const add = (body: EventBody): void => void this.events.push({ index, id, body });
    add({ kind: 'tool-use', toolUseId: id, name: 'planReview', excerpt });
    if (data['rejected'] === true) add({ kind: 'tool-rejected', toolUseId: id, reason: feedback });
    else if (feedback !== '') add({ kind: 'human', text: feedback });
  }

  #endText(): void {
    const text = withoutEmptyFences(this.#text);
    this.#text = '';
    if (text === '') return;
    const index = this.#textStart;
    this.events.push({ index, id: `text-${index}`, body: { kind: 'agent', text } });
  }
}

/** Markdown comes as it is, without a kind; a reference stands in the middle of a sentence. */
function textOf(part: unknown): string | undefined {
  if (typeof part === 'string') return part;
  if (!isRecord(part)) return undefined;
  switch (part['kind']) {
    case undefined:
      return firstText(part, ['value']);
    case 'markdownContent':
    case 'markdownVuln':
      return markdownIn(part, 'content') ?? firstText(part, ['value']) ?? '';
    case 'inlineReference': {
      const named = firstText(part, ['name']) ?? firstText(part['inlineReference'], ['name']);
      const file = filePathOf(part['inlineReference'])?.split(/[\\/]/).at(-1);
      return named === undefined && file === undefined ? '' : `\`${named ?? file}\``;
    }
    default:
      return undefined;
  }
}

/** A tree of files, which older versions store without a kind. */
function isTree(part: unknown): boolean {
  return isRecord(part) && part['kind'] === undefined && 'label' in part && 'uri' in part;
}

/** The new text of all edits of a group, of which each holds a batch: `{ text, range }`, or a cell's in `edit`. */
function addedText(part: Fields): string {
  return listIn(part, 'edits')
    .flat(2)
    .flatMap((edit) => firstText(edit, ['text']) ?? firstText(fieldsIn(edit, 'edit'), ['text']) ?? [])
    .join('\n');
}

/** An edit leaves behind the fence that was opened for it. */
function withoutEmptyFences(text: string): string {
  return text.replace(/^(`{3,})[^\n`]*\n\s*\1[ \t]*$/gm, '').trim();
}

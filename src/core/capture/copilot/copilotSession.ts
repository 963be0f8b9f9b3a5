import { unnamedSubagent } from '../claudeCode/claudeCodeAgents';
import { firstText, isRecord } from '../claudeCode/claudeCodeLines';
import type { ParsedTranscript, TranscriptFile } from '../correctionSource';
import type { EventBody, Place } from '../traceBuilder';
import { type Fields, listIn, timeOf } from './copilotFields';
import { CopilotParts } from './copilotParts';
import {
  agentOf,
  downvote,
  editedFiles,
  endOf,
  personsText,
  promptsOf,
  wasCancelled,
} from './copilotRequest';
import type { CopilotState } from './copilotState';
import { CopilotThreads } from './copilotThreads';

/**
 * Reads a chat session of VS Code (`ISerializableChatData` in `src/vs/workbench/contrib/chat/common/model/chatModel.ts`).
 * Never throws. Ids of lines are the tool's own ids of requests, so they stay when the file is written anew.
 */
export function readCopilotSession(from: CopilotState, file: TranscriptFile): ParsedTranscript {
  const reading = new Reading(from, file);
  const requests = listIn(from.state, 'requests');
  for (const [index, request] of requests.entries()) reading.take(request, index);
  return reading.result();
}

/** Unknown kinds that are counted each by its name. */
const mostKinds = 100;

class Reading {
  readonly #from: CopilotState;
  readonly #file: TranscriptFile;
  readonly #sessionId: string;
  readonly #startedAt: string;
  readonly #threads = new CopilotThreads();
  readonly #unknown = new Map<string, number>();
  /** Positions of requests that are no objects. */
  readonly #strange: number[] = [];
  /** What agents wrote into files, for what the person then does to it. */
  readonly #written = new Map<string, string>();
  #at: string;
  /** Who answered last. */
  #agent = 'main';

  constructor(from: CopilotState, file: TranscriptFile) {
    this.#from = from;
    this.#file = file;
    this.#sessionId = firstText(from.state, ['sessionId'])?.trim() || file.name;
    const created = isRecord(from.state) ? timeOf(from.state['creationDate']) : undefined;
    this.#at = created ?? file.fallbackTime;
    this.#startedAt = this.#at;
  }

  take(request: unknown, index: number): void {
    if (!isRecord(request)) {
      this.#strange.push(index);
      return;
    }
    const id = firstText(request, ['requestId']) || `${this.#sessionId}/request-${index}`;
    this.#at = timeOf(request['timestamp']) ?? this.#at;
    this.#takeEdited(request, id, index);
    const agent = agentOf(request);
    this.#agent = agent;
    this.#threads.sawPrompts(threadOf(agent), agent, promptsOf(request));
    const text = personsText(request);
    const asked = ['requests', index, 'message', 'text'];
    if (text !== undefined) this.#add(this.#place(`${id}:human`, asked), { kind: 'human', text });
    this.#takeResponse(request, id, index);
  }

  result(): ParsedTranscript {
    return {
      traces: this.#threads.build(this.#sessionId, this.#file, this.#startedAt),
      skipped: this.#skipped(),
      unknownTypes: Object.fromEntries(this.#unknown),
    };
  }

  #skipped(): ParsedTranscript['skipped'] {
    const [first] = this.#strange;
    if (first === undefined) return [];
    const reason = `${this.#strange.length} of its requests are no objects, this one first`;
    return [{ path: this.#file.path, line: this.#from.lineOf(['requests', first]), reason }];
  }

  /** What was done to files belongs to the agent that answered before. What became of their text is not kept by the tool. */
  #takeEdited(request: Fields, id: string, index: number): void {
    for (const { index: event, file, what } of editedFiles(request)) {
      const place = this.#place(`${id}:edited-${event}`, [
        'requests',
        index,
        'editedFileEvents',
        event,
        'eventKind',
      ]);
      if (what === 'modified') this.#add(place, { kind: 'edit-modified', file, before: '', after: '' });
      else this.#add(place, { kind: 'edit-undone', file, before: this.#written.get(file) ?? '' });
    }
  }

  #takeResponse(request: Fields, id: string, index: number): void {
    const stopped = wasCancelled(request);
    const parts = new CopilotParts(listIn(request, 'response'), stopped);
    for (const { index: part, id: partId, body, within } of parts.events) {
      const agentType = within === undefined ? this.#agent : (parts.subagents.get(within) ?? unnamedSubagent);
      const place = this.#place(`${id}:${partId}`, ['requests', index, 'response', part]);
      this.#threads.add(within ?? threadOf(agentType), agentType, place, body);
    }
    for (const [file, text] of parts.written) this.#written.set(file, text);
    for (const [kind, times] of parts.unknown) this.#count(`response part ${kind}`, times);
    this.#at = endOf(request) ?? this.#at;
    if (stopped) {
      const place = this.#place(`${id}:stopped`, ['requests', index, 'modelState']);
      this.#add(place, { kind: 'interrupted', forToolUse: parts.events.at(-1)?.body.kind !== 'agent' });
    }
    const reason = downvote(request);
    if (reason !== undefined) {
      this.#add(this.#place(`${id}:vote`, ['requests', index, 'vote']), { kind: 'downvoted', reason });
    }
  }

  #count(name: string, times: number): void {
    const kept =
      this.#unknown.has(name) || this.#unknown.size < mostKinds ? name : 'response part of another kind';
    this.#unknown.set(kept, (this.#unknown.get(kept) ?? 0) + times);
  }

  #place(lineId: string, path: readonly (string | number)[]): Place {
    return { line: this.#from.lineOf(path), lineId, at: this.#at };
  }

  #add(place: Place, body: EventBody): void {
    this.#threads.add(threadOf(this.#agent), this.#agent, place, body);
  }
}

/** The main thread is the session's own. */
function threadOf(agentType: string): string {
  return agentType === 'main' ? '' : agentType;
}

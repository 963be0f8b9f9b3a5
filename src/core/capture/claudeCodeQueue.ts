import { type ClaudeCodeLine, firstText, isRecord } from './claudeCodeLines';
import type { TraceEvent } from './correctionSource';
import type { Place, TraceBuilder } from './traceBuilder';

/**
 * Messages typed while the agent was at work. `enqueue` holds the words; `dequeue` sends them as an ordinary user line;
 * `remove` hands them to the running turn, of which older versions leave no other trace; `popAll` takes them back
 * into the input box unsent.
 */
export class QueuedMessages {
  readonly #waiting: string[] = [];
  readonly #delivered = new Map<number, string>();

  operation(line: ClaudeCodeLine, place: Place, trace: TraceBuilder): void {
    if (line.operation === 'enqueue') {
      this.#waiting.push(typeof line.content === 'string' ? line.content.trim() : '');
      return;
    }
    if (line.operation === 'popAll') {
      this.#waiting.length = 0;
      return;
    }
    const text = this.#waiting.shift();
    if (line.operation !== 'remove' || text === undefined || !isTyped(text)) return;
    this.#delivered.set(place.line, text);
    trace.add(place, { kind: 'human', text });
  }

  /** Newer versions keep a delivered message as an attachment of its own. */
  attachment(line: ClaudeCodeLine, place: Place, trace: TraceBuilder): void {
    const { attachment } = line;
    if (!isRecord(attachment) || attachment['type'] !== 'queued_command') return;
    const mode = firstText(attachment, ['commandMode']);
    const text = firstText(attachment, ['prompt'])?.trim() ?? '';
    if ((mode === undefined || mode === 'prompt') && isTyped(text)) trace.add(place, { kind: 'human', text });
  }

  /** Delivered messages that stand again in a later human turn: these events are to be left out. */
  shownLater(events: readonly TraceEvent[]): ReadonlySet<TraceEvent> {
    const twice = new Set<TraceEvent>();
    for (const [index, event] of events.entries()) {
      const text = event.kind === 'human' ? this.#delivered.get(event.line) : undefined;
      if (text === undefined) continue;
      if (events.slice(index + 1).some((later) => later.kind === 'human' && later.text.includes(text)))
        twice.add(event);
    }
    return twice;
  }
}

function isTyped(text: string): boolean {
  return text !== '' && !text.startsWith('/') && !/^<[a-z]/i.test(text);
}

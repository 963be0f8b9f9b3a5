import type { Place, TraceBuilder } from '../traceBuilder';
import { type ClaudeCodeLine, firstText, isRecord } from './claudeCodeLines';
import type { ClaudeCodeMemory } from './claudeCodeMemory';

/** Within so many lines a message that was handed over stands once more as a turn of its own, if it ever does. */
const echoLines = 6;

type Delivered = ClaudeCodeMemory['queue']['delivered'][number];

/**
 * Messages typed while the agent was at work. `enqueue` holds the words; `dequeue` sends them as an ordinary user line;
 * `remove` hands them to the running turn, of which older versions mostly leave no other trace; `popAll` takes them back
 * into the input box unsent.
 */
export class QueuedMessages {
  readonly #waiting: string[];
  /** Handed over, and not yet known whether they stand again. */
  #delivered: Delivered[];

  constructor(past?: ClaudeCodeMemory['queue']) {
    this.#waiting = [...(past?.waiting ?? [])];
    this.#delivered = [...(past?.delivered ?? [])];
  }

  memory(): ClaudeCodeMemory['queue'] {
    return { waiting: this.#waiting, delivered: this.#delivered };
  }

  operation(line: ClaudeCodeLine, place: Place): void {
    if (line.operation === 'enqueue') {
      this.#waiting.push(typeof line.content === 'string' ? line.content.trim() : '');
      return;
    }
    if (line.operation === 'popAll') {
      this.#waiting.length = 0;
      return;
    }
    const text = this.#waiting.shift();
    if (line.operation === 'remove' && text !== undefined && isTyped(text)) {
      this.#delivered.push({ ...place, text });
    }
  }

  /** Newer versions keep a delivered message as an attachment of its own. */
  attachment(line: ClaudeCodeLine, place: Place, trace: TraceBuilder): void {
    const { attachment } = line;
    if (!isRecord(attachment) || attachment['type'] !== 'queued_command') return;
    const mode = firstText(attachment, ['commandMode']);
    const text = firstText(attachment, ['prompt'])?.trim() ?? '';
    if ((mode !== undefined && mode !== 'prompt') || !isTyped(text)) return;
    this.turn(text);
    trace.add(place, { kind: 'human', text });
  }

  /** A turn of its own: a message with the same words that was handed over just before is told by it. */
  turn(text: string): void {
    this.#delivered = this.#delivered.filter((delivered) => delivered.text !== text.trim());
  }

  /** Tells of the messages that were handed over and have not come as turns of their own before this line. */
  settle(line: number, trace: TraceBuilder): void {
    if (this.#delivered.length === 0) return;
    const settled = this.#delivered.filter((delivered) => line > delivered.line + echoLines);
    for (const { text, ...place } of settled) trace.add(place, { kind: 'human', text });
    this.#delivered = this.#delivered.filter((delivered) => !settled.includes(delivered));
  }
}

function isTyped(text: string): boolean {
  return text !== '' && !text.startsWith('/') && !/^<[a-z]/i.test(text);
}

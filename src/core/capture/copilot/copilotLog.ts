import { jsonOrUndefined } from '../claudeCode/claudeCodeAgents';
import { type LogEntry, readLogEntry, type Step } from './copilotLogEntry';

type Container = Record<string, unknown> | unknown[];

export interface LogFault {
  readonly line: number;
  readonly reason: string;
}

/** Faults that are told one by one; what more there are is told as a number. */
const mostTold = 100;
/** Faults after which the rest is not read: a file with so many is something else. */
const mostFaults = 10_000;

/**
 * Replays the log of mutations in which VS Code (1.109 and later) keeps a chat session, one JSON entry a line, and remembers
 * which line brought what. Source: `src/vs/workbench/contrib/chat/common/model/objectMutationLog.ts`. A line that is no
 * entry, or that has no place in what is there, is left out with a reason; the lines behind it go on.
 */
export class CopilotLog {
  /** The session as it is after the last line; undefined when no line brought its initial state. */
  state: unknown;
  readonly faults: LogFault[] = [];
  readonly #lines = new WeakMap<object, Map<Step, number>>();
  #initialLine = 1;

  constructor(text: string) {
    let faults = 0;
    let told = 0;
    for (const [index, raw] of text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .entries()) {
      const reason = raw.trim() === '' ? undefined : this.#read(raw, index + 1);
      if (reason === undefined) continue;
      faults += 1;
      if (faults <= mostTold) {
        this.faults.push({ line: index + 1, reason });
        told = index + 1;
      }
      if (faults < mostFaults) continue;
      this.faults.push({ line: index + 1, reason: `after ${mostFaults} bad lines the rest is not read` });
      break;
    }
    const more = faults - mostTold;
    if (more > 0) this.faults.push({ line: told, reason: `${more} more lines after it are no better` });
  }

  /** Line of the entry that last brought what is at this path, or something that it stands in. */
  lineOf(path: readonly Step[]): number {
    let line = this.#initialLine;
    let here = this.state;
    for (const step of path) {
      if (!isContainer(here)) break;
      line = Math.max(line, this.#lines.get(here)?.get(step) ?? 0);
      here = childOf(here, step);
    }
    return line;
  }

  #read(raw: string, line: number): string | undefined {
    const value = jsonOrUndefined(raw);
    if (value === undefined) return 'it is not valid JSON';
    const entry = readLogEntry(value);
    return typeof entry === 'string' ? entry : this.#apply(entry, line);
  }

  #apply(entry: LogEntry, line: number): string | undefined {
    if (entry.kind === 'initial') {
      this.state = entry.value;
      this.#initialLine = line;
      return undefined;
    }
    if (!isContainer(this.state)) return 'the state that it changes is missing';
    let parent: Container = this.state;
    for (const step of entry.path.slice(0, -1)) {
      const child = childOf(parent, step);
      if (!isContainer(child)) return 'there is nothing at its path';
      parent = child;
    }
    const last = entry.path.at(-1);
    if (last === undefined) return 'it has no path';
    if (entry.kind === 'push') return this.#push(parent, last, entry, line);
    return this.#set(parent, last, entry.kind === 'set' ? entry.value : undefined, line);
  }

  #set(parent: Container, step: Step, value: unknown, line: number): string | undefined {
    if (Array.isArray(parent)) {
      if (typeof step !== 'number' || step > parent.length) return 'there is nothing at its path';
      parent[step] = value;
    } else if (value === undefined) delete parent[step];
    else parent[step] = value;
    this.#touch(parent, step, line);
    return undefined;
  }

  #push(
    parent: Container,
    step: Step,
    { values, from }: Extract<LogEntry, { kind: 'push' }>,
    line: number,
  ): string | undefined {
    const found = childOf(parent, step);
    const there = found ?? [];
    if (!Array.isArray(there)) return 'what is at its path is no list';
    if (from !== undefined && from > there.length) return 'its index is behind the end of the list';
    const fault = there === found ? undefined : this.#set(parent, step, there, line);
    if (fault !== undefined) return fault;
    if (from !== undefined) there.length = from;
    for (const value of values) {
      this.#touch(there, there.length, line);
      there.push(value);
    }
    return undefined;
  }

  #touch(parent: Container, step: Step, line: number): void {
    const lines = this.#lines.get(parent) ?? new Map<Step, number>();
    lines.set(step, line);
    this.#lines.set(parent, lines);
  }
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

/** What is at a key of the object's own, never what all objects share. */
function childOf(parent: Container, step: Step): unknown {
  if (Array.isArray(parent)) return typeof step === 'number' ? parent[step] : undefined;
  return Object.hasOwn(parent, step) ? parent[step] : undefined;
}

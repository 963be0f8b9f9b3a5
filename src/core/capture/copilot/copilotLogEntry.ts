import { isRecord } from '../claudeCode/claudeCodeLines';

export type Step = string | number;

/** One line of a session's log, as `objectMutationLog.ts` of VS Code writes it. */
export type LogEntry =
  | { readonly kind: 'initial'; readonly value: unknown }
  | { readonly kind: 'set'; readonly path: readonly Step[]; readonly value: unknown }
  | {
      readonly kind: 'push';
      readonly path: readonly Step[];
      readonly values: readonly unknown[];
      /** The list is cut to this length before. */
      readonly from: number | undefined;
    }
  | { readonly kind: 'delete'; readonly path: readonly Step[] };

/** The deepest path that the tool writes has seven steps. */
const deepest = 16;
/** Names by which an object reaches what all objects share. */
const shared: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** The entry, or the reason why the line is none. */
export function readLogEntry(value: unknown): LogEntry | string {
  if (!isRecord(value)) return 'it is no entry of a chat log';
  if (value['kind'] === 0) return { kind: 'initial', value: value['v'] };
  const path = readPath(value['k']);
  if (path === undefined) return 'its path is not one that a chat log has';
  switch (value['kind']) {
    case 1:
      return { kind: 'set', path, value: value['v'] };
    case 2:
      return readPush(path, value['v'], value['i']);
    case 3:
      return { kind: 'delete', path };
    default:
      return 'it is a kind of entry that is not known';
  }
}

function readPush(path: readonly Step[], values: unknown, from: unknown): LogEntry | string {
  if (values !== undefined && !Array.isArray(values)) return 'it adds what is no list';
  if (from !== undefined && !isIndex(from)) return 'its index is none';
  return { kind: 'push', path, values: values ?? [], from };
}

function readPath(path: unknown): readonly Step[] | undefined {
  if (!Array.isArray(path) || path.length === 0 || path.length > deepest) return undefined;
  return path.every(isStep) ? path : undefined;
}

function isStep(step: unknown): step is Step {
  return typeof step === 'string' ? !shared.has(step) : isIndex(step);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

import { firstText } from '../claudeCode/claudeCodeLines';
import { listIn } from './copilotFields';
import { type JsonReader, readWhole } from './copilotJson';
import { CopilotLog, type LogFault } from './copilotLog';
import type { Step } from './copilotLogEntry';

/** A chat session as it was last, and where in its file things stand. */
export interface CopilotState {
  readonly state: unknown;
  readonly faults: readonly LogFault[];
  lineOf(path: readonly Step[]): number;
}

/** A log of mutations (`.jsonl`, from VS Code 1.109 on), or the whole session as one JSON text (before, and exports). */
export function copilotState(text: string, isLog: boolean, readJson: JsonReader): CopilotState {
  return isLog ? new CopilotLog(text) : wholeState(text, readJson);
}

function wholeState(text: string, readJson: JsonReader): CopilotState {
  const reading = readWhole(text, readJson);
  if (!reading.ok) {
    return { state: undefined, faults: [{ line: reading.line, reason: reading.reason }], lineOf: () => 1 };
  }
  const lines = requestLines(text, reading.value);
  const lineOf = (path: readonly Step[]) =>
    (path[0] === 'requests' ? lines[Number(path[1])] : undefined) ?? 1;
  return { state: reading.value, faults: [], lineOf };
}

/** Ids that may fail to be found before the search is given up. */
const mostMisses = 20;

/** The line of each request: that of its id, which is what the tool writes first of it. */
function requestLines(text: string, state: unknown): readonly number[] {
  let line = 1;
  let lineEnd = text.indexOf('\n');
  let at = 0;
  let misses = 0;
  return listIn(state, 'requests').map((request) => {
    const id = firstText(request, ['requestId']);
    const found = id === undefined || misses > mostMisses ? -1 : text.indexOf(JSON.stringify(id), at);
    if (found < 0) {
      misses += 1;
      return line;
    }
    for (; lineEnd >= 0 && lineEnd < found; lineEnd = text.indexOf('\n', lineEnd + 1)) line += 1;
    at = found;
    return line;
  });
}

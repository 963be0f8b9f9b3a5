import type { AgentEdit } from '../fileFindings';
import { type RedactionOptions, redact } from '../redaction/redact';

/** Of one transcript, the newest: what an agent writes on one day. */
const mostEdits = 200;
const mostLines = 400;
/** Characters; a longer line is not compared. */
const longestLine = 500;

/** Edits as they may lie in the cache until the next import: redacted, and not too many. */
export function keptEdits(edits: readonly AgentEdit[], options: RedactionOptions): readonly AgentEdit[] {
  const newest = [...edits].sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.line - b.line);
  return newest.slice(-mostEdits).map((edit) => ({ ...edit, hunks: keptHunks(edit.hunks, options) }));
}

function keptHunks(hunks: AgentEdit['hunks'], options: RedactionOptions): AgentEdit['hunks'] {
  let room = mostLines;
  return hunks.flatMap((hunk) => {
    const marks = hunk.marks.slice(0, Math.max(0, room));
    room -= marks.length;
    const cut = hunk.lines.slice(0, marks.length).map((line) => (line.length > longestLine ? '' : line));
    const lines = redact(cut.join('\n'), options).text.split('\n');
    // A secret over several lines, such as a private key: no line of it may stay, and no mark fits any more.
    return marks.length > 0 && lines.length === marks.length ? [{ marks, lines }] : [];
  });
}

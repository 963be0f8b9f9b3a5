import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface NumberedLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
}

/** What is shown of one line at most; a line may hold a whole picture. Characters. */
const longestLine = 200_000;

/** A line of a file with its neighbours, read piece by piece up to there. */
export async function linesAround(file: string, line: number): Promise<readonly NumberedLine[]> {
  const input = createReadStream(file);
  const found: NumberedLine[] = [];
  let number = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number += 1;
      if (number >= line - 1) found.push({ number, text });
      if (number > line) break;
    }
  } finally {
    input.destroy();
  }
  return found;
}

/** The lines as a document for a reader: JSON is spread out, what is too long is cut. */
export function excerptOf(file: string, lines: readonly NumberedLine[]): string {
  const heading = `// From ${file}, which is too large to open as a whole.\n`;
  return heading + lines.map(({ number, text }) => `\n// Line ${number}\n${spreadOut(text)}\n`).join('');
}

function spreadOut(text: string): string {
  const shown = asJson(text) ?? text;
  return shown.length <= longestLine ? shown : `${shown.slice(0, longestLine)}\n// … cut here`;
}

function asJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Markdown, or a line that is still being written: shown as it is.
    return undefined;
  }
}

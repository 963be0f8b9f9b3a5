import type { TranscriptLine } from './correctionSource';

/** The lines of a whole text, numbered from 1; a byte order mark and line ends are taken off. */
export function linesOf(text: string): readonly TranscriptLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.endsWith('\r') ? line.slice(0, -1) : line }));
}

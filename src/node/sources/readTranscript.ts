import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedTranscript } from '../../core/capture/correctionSource';
import { unreadable } from './transcriptFiles';

export interface TranscriptText {
  readonly text: string;
  /** Relative to the workspace with forward slashes when it lies in it, else as it was given. */
  readonly path: string;
  /** File name without extension. */
  readonly name: string;
  /** Time of the last change, for transcripts that give no time. */
  readonly fallbackTime: string;
}

/** Reads a file and hands it to a parser; one that cannot be read is in `skipped` of an empty transcript. */
export async function readTranscript(
  root: string,
  file: string,
  parse: (transcript: TranscriptText) => ParsedTranscript | Promise<ParsedTranscript>,
): Promise<ParsedTranscript> {
  let transcript: TranscriptText;
  try {
    const [text, { mtime }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    const name = path.basename(file, path.extname(file));
    transcript = { text, path: shownPath(root, file), name, fallbackTime: mtime.toISOString() };
  } catch (error) {
    return { traces: [], skipped: [unreadable(file, error)], unknownTypes: {} };
  }
  return parse(transcript);
}

function shownPath(root: string, file: string): string {
  const relative = path.relative(root, file);
  const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
  return inside ? relative.split(path.sep).join('/') : file;
}

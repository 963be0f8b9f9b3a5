import type { ParsedTranscript, TranscriptFile } from '../correctionSource';
import type { JsonReader } from './copilotJson';
import { readCopilotSession } from './copilotSession';
import { copilotState } from './copilotState';

export interface CopilotFile extends TranscriptFile {
  readonly text: string;
  /** A log of mutations, and not the session as one JSON text. */
  readonly isLog: boolean;
}

/** Is this the beginning of a chat session of VS Code: of a log of mutations, or of a session as one JSON text? */
export function looksLikeCopilot(head: string): boolean {
  if (/^\uFEFF?\s*\{"kind":[0-3],"[kv]":/.test(head)) return true;
  return /^\uFEFF?\s*\{/.test(head) && /"(?:responder|requester)Username"\s*:/.test(head);
}

/** Reads a chat session of VS Code, whichever of its two shapes the file has. Never throws. */
export function parseCopilot(file: CopilotFile, readJson: JsonReader): ParsedTranscript {
  const state = copilotState(file.text, file.isLog, readJson);
  const { traces, skipped, unknownTypes } = readCopilotSession(state, file);
  const faults = state.faults.map((fault) => ({ path: file.path, ...fault }));
  const strange = faults.length === 0 && !isSession(state.state);
  const nothing = strange ? [{ path: file.path, line: 0, reason: 'no chat session in it' }] : [];
  return { traces, skipped: [...faults, ...skipped, ...nothing], unknownTypes };
}

function isSession(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'requests' in state && Array.isArray(state.requests);
}

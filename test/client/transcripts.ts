import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ClientWorld } from './clientWorld.ts';

export type TranscriptLine = Readonly<Record<string, unknown>>;

/** Names of the folders in which the client keeps transcripts, one a project. */
export function projectsOf({ home }: ClientWorld): readonly string[] {
  return readdirSync(projectsFolder(home));
}

/** Lines of all transcripts of main threads, as the client wrote them. */
export function transcriptLines(world: ClientWorld): readonly TranscriptLine[] {
  return linesOf(world, (file) => !isSubagents(file));
}

export function subagentLines(world: ClientWorld): readonly TranscriptLine[] {
  return linesOf(world, isSubagents);
}

function linesOf({ home }: ClientWorld, wanted: (file: string) => boolean): readonly TranscriptLine[] {
  const folder = projectsFolder(home);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl') && wanted(file))
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line));
}

function projectsFolder(home: string): string {
  return path.join(home, '.claude', 'projects');
}

function isSubagents(file: string): boolean {
  return path.basename(path.dirname(file)) === 'subagents';
}

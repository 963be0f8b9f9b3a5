import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { words } from '../../../src/core/text/words';

const shortest = 20;
const longest = 2000;
const fewestWords = 3;

function jsonLines(file: string): Record<string, unknown>[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Record<string, unknown> => JSON.parse(line));
}

/** Files of JSON Lines in a folder and in the folders in it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const place = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        const turns = path.join(place, 'turns.jsonl');
        return existsSync(turns) ? [turns] : [];
      }
      return /\.jsonl(\.gz)?$/.test(entry.name) ? [place] : [];
    })
    .sort();
}

/**
 * The stemmed content words of every line of prose in folders of JSON Lines (prompt files with their history, turns of
 * sessions), each line once. `skip` leaves out files whose path holds one of these texts.
 */
export function readSentences(folders: readonly string[], skip: readonly string[]): string[][] {
  const seen = new Set<string>();
  const result: string[][] = [];
  for (const file of folders.flatMap(filesIn)) {
    if (skip.some((part) => file.includes(part))) continue;
    for (const value of jsonLines(file).flatMap((row) => Object.values(row))) {
      if (typeof value !== 'string') continue;
      for (const line of value.split('\n').map((raw) => raw.trim())) {
        if (line.length < shortest || line.length > longest || seen.has(line.slice(0, 200))) continue;
        seen.add(line.slice(0, 200));
        const stems = words(line);
        if (stems.length >= fewestWords) result.push(stems);
      }
    }
  }
  return result;
}

import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { hookEventSchema } from '../core/model/correction';
import { journalFolder, markersFolder } from '../hook/hookEvent';
import { cacheName } from './cacheFolder';
import { isMissing } from './errorsFromNode';
import { readJson } from './jsonText';

/** Folder with a file for each session that hooks told of, which holds the transcript's path and is touched as it grows. */
export function hookMarkers(root: string): string {
  return path.join(root, '.claude-pm', cacheName, markersFolder);
}

/** The transcript of a session, as its marker tells. */
export async function markedTranscript(marker: string): Promise<string> {
  return (await readFile(marker, 'utf8')).trim();
}

/** Transcripts that hooks told of, wherever they lie; sorted, each once. */
export async function hookTranscripts(root: string): Promise<readonly string[]> {
  const folder = path.join(root, '.claude-pm', journalFolder);
  const transcripts = new Set<string>();
  for (const name of await namesOf(folder)) {
    if (!name.endsWith('.jsonl')) continue;
    for (const line of (await readFile(path.join(folder, name), 'utf8')).split('\n')) {
      const json = readJson(line);
      const event = json.ok ? hookEventSchema.safeParse(json.value) : undefined;
      if (event?.success && isTranscript(event.data.transcript)) transcripts.add(event.data.transcript);
    }
  }
  return [...transcripts].sort();
}

function isTranscript(file: string): boolean {
  return path.isAbsolute(file) && path.extname(file) === '.jsonl';
}

async function namesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

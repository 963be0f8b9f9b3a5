import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { PipelineError } from '../../core/errors';
import { type RestoreJournal, restoreJournalSchema } from '../../core/model/backup';
import { writeFileAtomically } from '../atomicFile';
import { isMissing, storageError } from '../errorsFromNode';
import { decodeUtf8, readJson } from '../jsonText';

const start = '.restore-';
const journalName = 'journal.json';

/** Where a restore prepares its files, below `.claude-pm/`. */
export class RestoreFolder {
  constructor(
    /** The `.claude-pm/` folder. */
    readonly root: string,
    readonly name: string,
  ) {}

  static forTime(root: string, time: string): RestoreFolder {
    return new RestoreFolder(root, `${start}${time}`);
  }

  get path(): string {
    return join(this.root, this.name);
  }

  staged(area: 'records' | 'prompts', place: string): string {
    return join(this.path, area, ...place.split('/'));
  }

  async writeJournal(journal: RestoreJournal): Promise<void> {
    const path = join(this.path, journalName);
    try {
      await writeFileAtomically(path, `${JSON.stringify(journal, null, 2)}\n`);
    } catch (cause) {
      throw storageError(cause, 'write', path);
    }
  }

  /** `undefined` where the restore had not begun to change anything. @throws PipelineError RECORD_UNREADABLE */
  async readJournal(): Promise<RestoreJournal | undefined> {
    const path = join(this.path, journalName);
    let bytes: Uint8Array;
    try {
      bytes = await readFile(path);
    } catch (cause) {
      if (isMissing(cause)) return undefined;
      throw storageError(cause, 'read', path);
    }
    const json = readJson(decodeUtf8(bytes) ?? '');
    const checked = json.ok ? z.safeParse(restoreJournalSchema, json.value) : undefined;
    if (checked?.success) return checked.data;
    throw new PipelineError('RECORD_UNREADABLE', 'The note of an interrupted restore cannot be read.', {
      subject: path,
      remedy:
        'What was there before lies in the folder .before-restore-… beside it; both are left as they are.',
    });
  }
}

/** Restores that were not finished, the oldest first. */
export async function unfinishedRestores(root: string): Promise<readonly RestoreFolder[]> {
  try {
    const names = (await readdir(root)).filter((name) => name.startsWith(start)).sort();
    return names.map((name) => new RestoreFolder(root, name));
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw storageError(cause, 'list', root);
  }
}

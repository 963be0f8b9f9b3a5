import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import { packTar } from 'modern-tar';
import { version } from '../../../package.json';
import { PipelineError, throwIfAborted } from '../../core/errors';
import { type BackupManifest, backupManifestSchema } from '../../core/model/backup';
import { schemaVersion } from '../../core/model/common';
import { writeFileAtomically } from '../atomicFile';
import { storageError } from '../errorsFromNode';
import { ensureFolder } from '../folders';
import { encrypt } from './ageStream';
import type { SealingKey } from './backupKeys';
import { joined } from './joinedStreams';

/** A file that goes into an archive under `path`. */
export interface SourceFile {
  readonly path: string;
  read(): Promise<Uint8Array>;
}

export interface ArchiveRequest {
  readonly target: string;
  readonly key: SealingKey;
  readonly createdAt: Date;
  readonly files: readonly SourceFile[];
  readonly signal?: AbortSignal;
}

export interface WrittenArchive {
  readonly manifest: BackupManifest;
  /** Size of the encrypted file. */
  readonly bytes: number;
}

const block = 512;
/** Two blocks of zeros end a tar archive. */
const ending = 2 * block;
const attempts = 3;

/** A file was rewritten between the two looks at it. */
class ChangedMeanwhile extends Error {
  constructor(readonly path: string) {
    super(path);
  }
}

/**
 * Writes all files, and first their list, as one tar archive, packed by gzip and encrypted: as a whole or not at all. What is in it depends
 * on the files and on `createdAt` alone. Each file is read twice, so that memory holds one at a time; one that only grew is taken as it was.
 * @throws PipelineError STORAGE_FAILED, PERMISSION_DENIED, INVALID_CONFIGURATION (a recipient), CANCELLED
 */
export async function writeArchive(request: ArchiveRequest): Promise<WrittenArchive> {
  const { target } = request;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const manifest = await describe(request);
      let bytes = 0;
      const counted = async function* () {
        for await (const chunk of encrypt(plainBytes(request, manifest), request.key)) {
          bytes += chunk.length;
          yield chunk;
        }
      };
      await ensureFolder(dirname(target));
      await writeFileAtomically(target, counted());
      return { manifest, bytes };
    } catch (cause) {
      if (!(cause instanceof ChangedMeanwhile)) throw storageError(cause, 'write', target);
      if (attempt < attempts) continue;
      throw new PipelineError('STORAGE_FAILED', `${cause.path} changed each time that it was read.`, {
        subject: cause.path,
        remedy: 'Wait for the other program that writes to it and back up again; no archive was written.',
      });
    }
  }
}

async function describe({ files, createdAt, signal, target }: ArchiveRequest): Promise<BackupManifest> {
  const described: BackupManifest['files'] = [];
  for (const { path, read } of files) {
    throwIfAborted(signal, target);
    const bytes = await read();
    described.push({ path, sha256: hashOf(bytes), bytes: bytes.length });
  }
  return backupManifestSchema.parse({
    schemaVersion,
    createdAt: createdAt.toISOString(),
    product: { name: 'claude-pm-prompts', version },
    files: described,
  });
}

function plainBytes(request: ArchiveRequest, manifest: BackupManifest): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  return joined(Readable.from(tarBytes(request, manifest), { objectMode: false }), gzip);
}

/** The tar archive itself, before it is packed and encrypted. */
export async function* tarBytes(
  { files, createdAt, signal, target }: Pick<ArchiveRequest, 'files' | 'createdAt' | 'signal' | 'target'>,
  manifest: BackupManifest,
): AsyncGenerator<Uint8Array, void> {
  const list = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`, 'utf8');
  yield await tarEntry('manifest.json', list, createdAt);
  for (const [index, { path, read }] of files.entries()) {
    throwIfAborted(signal, target);
    const described = manifest.files[index];
    const bytes = (await read()).subarray(0, described?.bytes);
    if (hashOf(bytes) !== described?.sha256) throw new ChangedMeanwhile(path);
    yield await tarEntry(path, bytes, createdAt);
  }
  yield new Uint8Array(ending);
}

/** Readable by their owner alone where they are unpacked: they hold what people wrote. */
async function tarEntry(name: string, body: Uint8Array, mtime: Date): Promise<Uint8Array> {
  const header = { name, size: body.length, type: 'file', mode: 0o600, uid: 0, gid: 0, mtime } as const;
  const archive = await packTar([{ header, body }]);
  return archive.subarray(0, archive.length - ending);
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

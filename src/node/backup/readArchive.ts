import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { createTarDecoder, type ParsedTarEntry } from 'modern-tar';
import * as z from 'zod/mini';
import { type ArchivedFile, placeFiles } from '../../core/backup/archivePaths';
import { isPipelineError, PipelineError, throwIfAborted } from '../../core/errors';
import { type BackupManifest, backupManifestSchema } from '../../core/model/backup';
import { storageError } from '../errorsFromNode';
import { decodeUtf8, readJson } from '../jsonText';
import { describeIssue } from '../schemaIssues';
import { decrypt } from './ageStream';
import type { OpeningKeys } from './backupKeys';
import { joined } from './joinedStreams';

export interface ReadArchiveRequest {
  readonly path: string;
  readonly keys: OpeningKeys;
  /** Takes the bytes of one file; they are not yet known to be the right ones. Without it, the archive is only checked. */
  readonly take?: (file: ArchivedFile, bytes: AsyncIterable<Uint8Array>) => Promise<void>;
  readonly signal?: AbortSignal;
  /** Bytes that all files of an archive may have. Default 4 GiB. */
  readonly maximum?: number;
}

export interface ReadArchive {
  readonly manifest: BackupManifest;
  readonly files: readonly ArchivedFile[];
}

const maximumManifest = 64 * 1024 ** 2;
const maximumFiles = 4 * 1024 ** 3;
/** What a tar archive may need for the headers of a file with a long name, and to end. */
const overhead = 8192;

/**
 * Reads an archive to its end and checks all of it: its encryption, that it holds the files of its list, each as large and with the hash
 * that the list says, in that order, and nothing else. An archive may come from anywhere, so nothing of it is believed before.
 * @throws PipelineError PERMISSION_DENIED (no key fits), VERIFICATION_FAILED, UNSAFE_NAME (a path that leads elsewhere), NOT_FOUND, CANCELLED
 */
export async function readArchive(request: ReadArchiveRequest): Promise<ReadArchive> {
  const { path, keys } = request;
  const subject = basename(path);
  const file = createReadStream(path);
  const allowed = { bytes: maximumManifest + overhead };
  const gunzip = createGunzip();
  const plain = Readable.from(decrypt(file, keys, subject), { objectMode: false });
  try {
    const tar = ReadableStream.from(limited(joined(plain, gunzip), allowed, subject));
    const entries = tar.pipeThrough(createTarDecoder({ strict: true }));
    return await readEntries(entries, request, allowed);
  } catch (cause) {
    throw asFault(cause, path);
  } finally {
    plain.destroy();
    gunzip.destroy();
    file.destroy();
  }
}

async function readEntries(
  entries: AsyncIterable<ParsedTarEntry>,
  { path, take, signal, maximum = maximumFiles }: ReadArchiveRequest,
  allowed: { bytes: number },
): Promise<ReadArchive> {
  const subject = basename(path);
  let reading: ReadArchive | undefined;
  let next = 0;
  for await (const { header, body } of entries) {
    throwIfAborted(signal, subject);
    if (header.type !== 'file') throw unlike(subject, `it holds an entry that is no file (${header.type})`);
    if (reading === undefined) {
      if (header.name !== 'manifest.json') throw unlike(subject, 'its first entry is not its list of files');
      if (header.size > maximumManifest) throw unlike(subject, 'its list of files is too large');
      const manifest = await readManifest(body, subject);
      const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
      if (total > maximum) throw unlike(subject, `its files have ${total} bytes, more than ${maximum}`);
      reading = { manifest, files: placeFiles(manifest.files, subject) };
      allowed.bytes += total + overhead * manifest.files.length;
      continue;
    }
    const file: ArchivedFile | undefined = reading.files[next];
    next += 1;
    if (file === undefined || header.name !== file.path || header.size !== file.bytes) {
      throw unlike(subject, `entry ${next + 1} is not what its list of files says`);
    }
    await check(file, body, take, subject);
  }
  if (reading === undefined) throw unlike(subject, 'it is empty');
  if (next < reading.files.length) throw unlike(subject, `${reading.files[next]?.path} is missing`);
  return reading;
}

async function check(
  file: ArchivedFile,
  body: AsyncIterable<Uint8Array>,
  take: ReadArchiveRequest['take'],
  subject: string,
): Promise<void> {
  const hash = createHash('sha256');
  const hashed = async function* () {
    for await (const chunk of body) {
      hash.update(chunk);
      yield chunk;
    }
  };
  if (take === undefined) for await (const _chunk of hashed());
  else await take(file, hashed());
  if (hash.digest('hex') !== file.sha256)
    throw unlike(subject, `${file.path} has not the hash that its list says`);
}

async function readManifest(body: AsyncIterable<Uint8Array>, subject: string): Promise<BackupManifest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const text = decodeUtf8(Buffer.concat(chunks));
  const json = text === undefined ? undefined : readJson(text);
  if (!json?.ok) throw unlike(subject, 'its list of files is not JSON');
  const checked = z.safeParse(backupManifestSchema, json.value);
  if (checked.success) return checked.data;
  throw unlike(subject, `its list of files is not valid: ${describeIssue(checked.error.issues[0])}`);
}

/** Against an archive that unpacks to more than it can hold. */
async function* limited(
  bytes: AsyncIterable<Uint8Array>,
  allowed: { readonly bytes: number },
  subject: string,
): AsyncGenerator<Uint8Array, void> {
  let read = 0;
  for await (const chunk of bytes) {
    read += chunk.length;
    if (read > allowed.bytes) throw unlike(subject, 'it unpacks to more than its list of files says');
    yield chunk;
  }
}

function unlike(subject: string, why: string): PipelineError {
  return new PipelineError('VERIFICATION_FAILED', `The archive is not a whole backup: ${why}.`, {
    subject,
    remedy: 'Take another archive; nothing was changed.',
  });
}

function asFault(cause: unknown, path: string): unknown {
  if (isPipelineError(cause)) return cause;
  const subject = basename(path);
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') {
    if (cause.code.startsWith('Z_')) return unlike(subject, 'it is not packed by gzip, or was cut off');
    if (cause.code === 'ENOENT') {
      return new PipelineError('NOT_FOUND', 'There is no such archive.', {
        subject: path,
        remedy: 'List the archives with "backup list", or check the path.',
        cause,
      });
    }
    return storageError(cause, 'read', path);
  }
  // The tar reader throws plain errors, such as "Invalid tar header checksum."
  if (cause instanceof Error && /tar|number|EOF|archive|global attributes/i.test(cause.message)) {
    return unlike(subject, cause.message.replace(/\.$/, ''));
  }
  return cause;
}

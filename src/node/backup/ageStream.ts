import { ReadableStream } from 'node:stream/web';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { isPipelineError, PipelineError } from '../../core/errors';
import type { OpeningKeys, SealingKey } from './backupKeys';
import { passphraseIdentity, passphraseRecipient } from './passphraseStanza';

/*
 * Encryption in the format of age (https://age-encryption.org/v1), by the library of the format's author, so that an archive can be read
 * with the program `age` too, whatever becomes of this product.
 */

export interface KeyPair {
  /** Secret: `AGE-SECRET-KEY-1…`. */
  readonly identity: string;
  /** Public: `age1…`. */
  readonly recipient: string;
}

export async function generateKeyPair(): Promise<KeyPair> {
  const identity = await generateX25519Identity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** @throws PipelineError INVALID_INPUT; the secret is not shown */
export async function recipientOf(identity: string): Promise<string> {
  try {
    return await identityToRecipient(identity);
  } catch (cause) {
    throw new PipelineError('INVALID_INPUT', 'This is no secret key of age.', {
      subject: 'backup key',
      remedy: 'Give one as age-keygen writes it; it begins with AGE-SECRET-KEY-1. Nothing was changed.',
      cause,
    });
  }
}

/** @throws PipelineError INVALID_CONFIGURATION for a recipient that is none */
export async function* encrypt(
  plain: AsyncIterable<Uint8Array>,
  key: SealingKey,
): AsyncGenerator<Uint8Array, void> {
  const encrypter = new Encrypter();
  if (key.kind === 'passphrase') encrypter.addRecipient(passphraseRecipient(key.passphrase));
  else for (const recipient of key.recipients) addRecipient(encrypter, recipient);
  yield* await encrypter.encrypt(ReadableStream.from(plain));
}

function addRecipient(encrypter: Encrypter, recipient: string): void {
  try {
    encrypter.addRecipient(recipient);
  } catch (cause) {
    throw new PipelineError('INVALID_CONFIGURATION', 'A recipient of backups is no public key of age.', {
      subject: `backup.recipients: ${recipient.slice(0, 80)}`,
      remedy: 'Give public keys as age-keygen writes them (age1…); no backup was made.',
      cause,
    });
  }
}

/**
 * The plain bytes. They are known to be whole only at the end: whoever uses them before must be able to take that back.
 * @throws PipelineError INVALID_INPUT (no archive of age), PERMISSION_DENIED (no key fits), VERIFICATION_FAILED (damaged or cut off)
 */
export async function* decrypt(
  sealed: AsyncIterable<Uint8Array>,
  keys: OpeningKeys,
  subject: string,
): AsyncGenerator<Uint8Array, void> {
  const decrypter = new Decrypter();
  for (const passphrase of keys.passphrases) decrypter.addIdentity(passphraseIdentity(passphrase));
  for (const identity of keys.identities) addIdentity(decrypter, identity);
  let opened = false;
  try {
    const plain = await decrypter.decrypt(ReadableStream.from(sealed));
    opened = true;
    yield* plain;
  } catch (cause) {
    throw opened ? damaged(cause, subject) : unopened(cause, subject);
  }
}

function addIdentity(decrypter: Decrypter, identity: string): void {
  try {
    decrypter.addIdentity(identity);
  } catch (cause) {
    throw new PipelineError('INVALID_INPUT', 'A secret key for backups is no secret key of age.', {
      subject: 'backup identity',
      remedy: 'Give an identity as age-keygen writes it; nothing was read.',
      cause,
    });
  }
}

/** What the library says in its own words (typage 0.3); any other error comes from reading the file. */
const headerFaults =
  /invalid (?:version|header|stanza|line|scrypt|X25519|mac)|unexpected|EOF|too (?:high|short)/i;

function unopened(cause: unknown, subject: string): unknown {
  if (isPipelineError(cause) || !(cause instanceof Error) || 'code' in cause) return cause;
  if (/no identity matched/i.test(cause.message)) {
    return new PipelineError(
      'PERMISSION_DENIED',
      'The archive cannot be opened with this passphrase or key.',
      {
        subject,
        remedy: 'Give the passphrase or the identity that belongs to it; nothing was changed.',
        cause,
      },
    );
  }
  return new PipelineError(
    'VERIFICATION_FAILED',
    headerFaults.test(cause.message)
      ? 'This is no archive in the format of age, or its header was damaged.'
      : 'The header of the archive cannot be read.',
    { subject, remedy: 'Take another archive; nothing was changed.', cause },
  );
}

function damaged(cause: unknown, subject: string): unknown {
  if (isPipelineError(cause) || !(cause instanceof Error) || 'code' in cause) return cause;
  return new PipelineError('VERIFICATION_FAILED', 'The archive was cut off, or changed after it was made.', {
    subject,
    remedy: 'Take another archive; nothing was changed.',
    cause,
  });
}

import { randomBytes } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { type Identity, type Recipient, Stanza } from 'age-encryption';

/*
 * The library's own recipient and identity of passphrases keep their thread busy for a second or more, and with it every other extension.
 * These do the same with pauses. https://github.com/C2SP/C2SP/blob/main/age.md#the-scrypt-recipient-type
 */

/** Base-2 logarithm of the work: the library's own default. */
const workFactor = 18;
/** More would take more than a gigabyte, which an archive from elsewhere must not make us do. */
const highestWorkFactor = 20;
const saltBytes = 16;
const label = new TextEncoder().encode('age-encryption.org/v1/scrypt');
/** The key is used once. */
const nonce = new Uint8Array(12);

export function passphraseRecipient(passphrase: string): Recipient {
  return {
    async wrapFileKey(fileKey) {
      const salt = randomBytes(saltBytes);
      const key = await derive(passphrase, salt, workFactor);
      const args = ['scrypt', salt.toString('base64').replaceAll('=', ''), String(workFactor)];
      return [new Stanza(args, chacha20poly1305(key, nonce).encrypt(fileKey))];
    },
  };
}

/** Gives nothing for an archive of another kind, or of another passphrase. Its errors say that the header is not valid. */
export function passphraseIdentity(passphrase: string): Identity {
  return {
    async unwrapFileKey(stanzas) {
      const stanza = stanzas.find(({ args }) => args[0] === 'scrypt');
      if (stanza === undefined) return null;
      const [, salt = '', work = '', ...more] = stanza.args;
      const saltOf = Buffer.from(salt, 'base64');
      const canonical = saltOf.toString('base64').replaceAll('=', '') === salt;
      const isValid =
        canonical && saltOf.length === saltBytes && /^[1-9]\d?$/.test(work) && more.length === 0;
      // Only one, and alone: else who knows another key of the archive could have made it (authentication by passphrase).
      if (stanzas.length !== 1 || !isValid || stanza.body.length !== 32)
        throw new Error('invalid scrypt stanza');
      if (Number(work) > highestWorkFactor) throw new Error('scrypt work factor is too high');
      const key = await derive(passphrase, saltOf, Number(work));
      try {
        return chacha20poly1305(key, nonce).decrypt(stanza.body);
      } catch {
        // Its tag does not match: it is another passphrase's.
        return null;
      }
    },
  };
}

function derive(passphrase: string, salt: Uint8Array, logarithm: number): Promise<Uint8Array> {
  return scryptAsync(passphrase, new Uint8Array([...label, ...salt]), {
    N: 2 ** logarithm,
    r: 8,
    p: 1,
    dkLen: 32,
    asyncTick: 20,
  });
}

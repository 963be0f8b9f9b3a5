import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { passphraseIdentity, passphraseRecipient } from '../../../src/node/backup/passphraseStanza';

const passphrase = 'four random words, ü';

function open(bytes: Uint8Array, ...secrets: readonly string[]): Promise<string> {
  const decrypter = new Decrypter();
  for (const secret of secrets) decrypter.addIdentity(passphraseIdentity(secret));
  return decrypter.decrypt(bytes, 'text');
}

describe('encryption with a passphrase', () => {
  it('is read by the library, and reads what the library wrote', async () => {
    const ours = new Encrypter();
    ours.addRecipient(passphraseRecipient(passphrase));
    const theirs = new Decrypter();
    theirs.addPassphrase(passphrase);
    expect(await theirs.decrypt(await ours.encrypt('hello'), 'text')).toBe('hello');
    const library = new Encrypter();
    library.setPassphrase(passphrase);
    library.setScryptWorkFactor(10);
    const bytes = await library.encrypt('hello');
    expect(await open(bytes, 'wrong', passphrase)).toBe('hello');
    await expect(open(bytes, 'wrong')).rejects.toThrow(/no identity matched/);
  }, 30_000);

  it('lets others work meanwhile', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await passphraseRecipient(passphrase).wrapFileKey(new Uint8Array(16));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  }, 30_000);

  it('refuses a header that asks for too much work, or has another key beside it', async () => {
    const library = new Encrypter();
    library.setPassphrase(passphrase);
    library.setScryptWorkFactor(10);
    const bytes = Buffer.from(await library.encrypt('hello'));
    const more = bytes.toString('latin1').replace(/^(-> scrypt \S+) 10$/m, '$1 21');
    await expect(open(Buffer.from(more, 'latin1'), passphrase)).rejects.toThrow(/too high/);
    const mixed = new Encrypter();
    mixed.addRecipient(await identityToRecipient(await generateX25519Identity()));
    mixed.addRecipient(passphraseRecipient(passphrase));
    await expect(open(await mixed.encrypt('hello'), passphrase)).rejects.toThrow(/invalid scrypt stanza/);
  }, 30_000);
});

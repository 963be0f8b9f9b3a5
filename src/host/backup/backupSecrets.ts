import type * as vscode from 'vscode';
import { type BackupSecrets, environmentSecrets } from '../../node/backup/backupKeys';

const passphraseName = 'claudePm.backupPassphrase';
/** One secret key a line: archives of an earlier key stay readable. */
const identitiesName = 'claudePm.backupIdentities';

/** The system's store of secrets, then the environment. */
export function hostBackupSecrets(secrets: vscode.SecretStorage): BackupSecrets {
  const environment = environmentSecrets(process.env);
  return {
    passphrase: async () => (await secrets.get(passphraseName)) ?? environment.passphrase(),
    identities: async () => [...(await storedIdentities(secrets)), ...(await environment.identities())],
  };
}

export async function storedIdentities(secrets: vscode.SecretStorage): Promise<readonly string[]> {
  return (await secrets.get(identitiesName))?.split('\n').filter((line) => line !== '') ?? [];
}

export async function storeIdentity(secrets: vscode.SecretStorage, identity: string): Promise<void> {
  const known = await storedIdentities(secrets);
  await secrets.store(identitiesName, [...new Set([identity, ...known])].join('\n'));
}

export async function storePassphrase(secrets: vscode.SecretStorage, passphrase: string): Promise<void> {
  await secrets.store(passphraseName, passphrase);
}

export async function storedPassphrase(secrets: vscode.SecretStorage): Promise<string | undefined> {
  return secrets.get(passphraseName);
}

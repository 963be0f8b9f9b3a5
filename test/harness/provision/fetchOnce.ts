import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StepFailed } from '../steps.ts';

/**
 * Fills a folder of the cache unless a former run did. It is made aside and renamed when whole, so that an interrupted run
 * leaves nothing half done.
 */
export async function fetchOnce(home: string, fill: (folder: string) => Promise<void>): Promise<void> {
  const isThere = () => existsSync(path.join(home, 'provisioned'));
  if (isThere()) return;
  const partial = `${home}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  try {
    await fill(partial);
    writeFileSync(path.join(partial, 'provisioned'), `${path.basename(home)}\n`);
    // Another run may have been as quick, and use it by now.
    if (isThere()) return;
    rmSync(home, { recursive: true, force: true });
    renameSync(partial, home);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Compares what npm installed in a folder with the package as it was when it was chosen. @throws StepFailed */
export function checkIntegrity(folder: string, name: string, integrity: string | undefined): void {
  const lock: { packages: Record<string, { integrity?: string }> } = JSON.parse(
    readFileSync(path.join(folder, 'package-lock.json'), 'utf8'),
  );
  const found = lock.packages[`node_modules/${name}`]?.integrity;
  if (found !== undefined && found === integrity) return;
  throw new StepFailed(
    `${name} is not the package it was (${found ?? 'no integrity'}).`,
    'Do not use it; find out which registry or proxy gave it.',
  );
}

import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fieldsOf, type HookExperiment, parsed } from './experimentFiles';

/** Below `.claude-pm/`: a folder for each experiment that runs, with a file for each session. */
export const assignmentsFolder = 'improvement_pipeline/assignments';

/** What chance gave a session, once and for all; `share` is the chance of the candidate then. */
export interface Assignment {
  readonly variant: 'control' | 'canary';
  readonly share: number;
  readonly stage: number;
}

type Chance = Pick<HookExperiment, 'experimentId' | 'key' | 'share' | 'stage'>;

/** Uniform in [0, 1), the same each time: the first 52 bits of HMAC-SHA256. */
export function chanceOf(
  { experimentId, key }: Pick<Chance, 'experimentId' | 'key'>,
  sessionId: string,
): number {
  const digest = createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`${experimentId}\n${sessionId}`)
    .digest('hex');
  return Number.parseInt(digest.slice(0, 13), 16) / 2 ** 52;
}

/** What the session was given before, if it was. Throws what cannot be read. */
export function knownVariant(root: string, experimentId: string, sessionId: string): Assignment | undefined {
  const file = fileOf(root, experimentId, sessionId);
  return existsSync(file) ? read(file) : undefined;
}

/** What the session was given before, or is given now. Two at once agree: the first that is written holds. */
export function variantOf(root: string, experiment: Chance, sessionId: string): Assignment {
  const { experimentId, share, stage } = experiment;
  const known = knownVariant(root, experimentId, sessionId);
  if (known !== undefined) return known;
  const variant = chanceOf(experiment, sessionId) < share ? 'canary' : 'control';
  const file = fileOf(root, experimentId, sessionId);
  mkdirSync(path.dirname(file), { recursive: true });
  createWhole(file, `${JSON.stringify({ variant, share, stage })}\n`);
  return read(file);
}

function fileOf(root: string, experimentId: string, sessionId: string): string {
  return path.join(root, '.claude-pm', ...assignmentsFolder.split('/'), experimentId, sessionId);
}

/** Creates a file that nobody ever sees half written, unless it is there. */
function createWhole(file: string, text: string): void {
  // No session begins with a dot.
  const aside = path.join(path.dirname(file), `.${process.pid}-${randomBytes(6).toString('hex')}`);
  writeFileSync(aside, text, { flag: 'wx' });
  try {
    linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    // Some file systems know no links: then the file itself is created, if it is not there.
    createExclusively(file, text);
  } finally {
    rmSync(aside, { force: true });
  }
}

function createExclusively(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

const codeOf = (error: unknown): unknown => fieldsOf(error).get('code');

function read(file: string): Assignment {
  const fields = fieldsOf(parsed(readFileSync(file, 'utf8')));
  const [variant, share, stage] = [fields.get('variant'), fields.get('share'), fields.get('stage')];
  const isVariant = variant === 'control' || variant === 'canary';
  if (!isVariant || typeof share !== 'number' || typeof stage !== 'number') {
    throw new Error(`${file} is no assignment`);
  }
  return { variant, share, stage };
}

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';

const fixtures = join(import.meta.dirname, '../../fixtures');
const sample = join(fixtures, 'sample-project');

const originSchema = z.object({
  sessions: z.array(
    z.object({
      file: z.string(),
      repository: z.string(),
      licence: z.literal('MIT'),
      commit: z.string(),
      path: z.string(),
      upstreamBlob: z.string(),
      sha256: z.string(),
      redaction: z.string(),
    }),
  ),
  prompts: z.array(z.object({ file: z.string(), upstreamBlob: z.optional(z.string()), change: z.string() })),
});
const origin = originSchema.parse(
  JSON.parse(readFileSync(join(fixtures, 'sample-project.origin.json'), 'utf8')),
);

const bytesOf = (file: string) => readFileSync(join(sample, file));
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
/** Git's name of a file's content. */
const gitBlob = (bytes: Buffer) =>
  createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');

describe('the sample project', () => {
  it('names the origin of every session it holds', () => {
    const sessions = ['.specstory/history', 'sessions/claude-code'].flatMap((folder) =>
      readdirSync(join(sample, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
        join(folder, file).split(sep).join('/'),
      ),
    );
    expect(sessions.length).toBeGreaterThan(30);
    expect(sessions.sort()).toEqual(origin.sessions.map(({ file }) => file).sort());
  });

  it.each(origin.sessions)('holds $file as it was copied', ({ file, sha256: expected }) => {
    expect(sha256(bytesOf(file))).toBe(expected);
  });

  it.each(origin.sessions.filter(({ redaction }) => redaction === 'none'))(
    'holds $file unedited: git names the same content in the repository it comes from',
    ({ file, upstreamBlob }) => {
      expect(gitBlob(bytesOf(file))).toBe(upstreamBlob);
    },
  );

  it.each(origin.sessions.filter(({ redaction }) => redaction !== 'none'))(
    'says of $file what was redacted, and it was',
    ({ file, redaction, upstreamBlob }) => {
      expect(redaction).toMatch(/^\d+ e-mail addresses masked$/);
      expect(gitBlob(bytesOf(file))).not.toBe(upstreamBlob);
      expect(bytesOf(file).toString('utf8')).toMatch(/masked-[0-9a-f]{8}@example\.com/);
    },
  );

  it('has real prompts for at least three agents and the main thread', () => {
    expect(origin.prompts.map(({ file }) => file)).toContain('CLAUDE.md');
    const unedited = origin.prompts.filter(({ change }) => change === 'none');
    expect(unedited.length).toBeGreaterThanOrEqual(3);
    for (const { file, upstreamBlob } of unedited) expect(gitBlob(bytesOf(file))).toBe(upstreamBlob);
  });
});

import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { PipelineError } from '../core/errors';

/** A list such as `A,B`, as commander reads an option's value. */
export const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Collects an option that may stand several times. */
export const collect = (value: string, former: readonly string[] | undefined): readonly string[] => [
  ...(former ?? []),
  value,
];

export function positiveNumber(value: string): number {
  const number = Number(value);
  if (Number.isFinite(number) && number > 0) return number;
  throw new InvalidArgumentError('It must be a number above 0.');
}

export function wholeNumber(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new InvalidArgumentError('It must be a whole number from 0 up.');
}

export function time(value: string): Date {
  const date = new Date(value);
  if (!Number.isNaN(date.getTime())) return date;
  throw new InvalidArgumentError('It must be a time such as 2026-11-23T08:00:00Z.');
}

export const absolute = (path: string): string => (isAbsolute(path) ? path : resolve(process.cwd(), path));

/** Reads a file that the person named. @throws PipelineError NOT_FOUND */
export async function readNamedFile(path: string): Promise<Buffer> {
  try {
    return await readFile(absolute(path));
  } catch (error) {
    throw new PipelineError('NOT_FOUND', `${path} cannot be read.`, {
      subject: path,
      remedy: 'Check the path and its permissions.',
      cause: error,
    });
  }
}

export async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws PipelineError INVALID_INPUT with the parser's own words */
export function parseJson(text: string, subject: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PipelineError(
      'INVALID_INPUT',
      `This is not JSON: ${error instanceof Error ? error.message : error}`,
      {
        subject,
        remedy: 'Give one JSON document.',
        cause: error,
      },
    );
  }
}

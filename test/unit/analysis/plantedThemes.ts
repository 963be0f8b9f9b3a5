import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Correction } from '../../../src/core/model/correction';
import type { Pattern } from '../../../src/core/model/pattern';
import type { Random } from '../../../src/core/ports';
import { seededRandom } from '../../../src/node/seededRandom';
import { correction } from './corrections';

const folder = join(import.meta.dirname, '../../fixtures/planted');
const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));

const themeSchema = z.object({ name: z.string(), wordings: z.array(z.string()).check(z.minLength(8)) });
export type Theme = z.infer<typeof themeSchema>;

const { themes } = z.object({ themes: z.array(themeSchema) }).parse(read('themes.json'));
export const tuningThemes: readonly Theme[] = themes.slice(0, 15);
export const heldOutThemes: readonly Theme[] = themes.slice(15);

const oneOffSchema = z.object({ session: z.string(), text: z.string() });
/** A correction that stands alone, and the session that it is from: what one session says of one thing is not said twice. */
export type OneOff = z.infer<typeof oneOffSchema>;

/** Real corrections that nobody had to repeat. */
export const oneOffs: readonly OneOff[] = z
  .object({ oneOffs: z.array(oneOffSchema) })
  .parse(read('oneOffs.json')).oneOffs;

export interface Planted {
  readonly corrections: readonly Correction[];
  /** Name of the theme, by correction; one-offs have none. */
  readonly themeOf: ReadonlyMap<string, string>;
  readonly sizes: ReadonlyMap<string, number>;
}

export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random.next() * (index + 1));
    const [a, b] = [result[index], result[other]];
    if (a !== undefined && b !== undefined) [result[index], result[other]] = [b, a];
  }
  return result;
}

/**
 * Some of the themes, each in as many wordings as `timesOf` draws for it, each said in a session of its own, among one-offs;
 * on days spread over four weeks.
 */
export function plant(
  from: readonly Theme[],
  count: number,
  noise: readonly OneOff[],
  seed: number,
  timesOf: (random: Random, place: number) => number,
): Planted {
  const random = seededRandom(seed);
  const said = shuffled(from, random)
    .slice(0, count)
    .flatMap(({ name, wordings }, place) =>
      shuffled(wordings, random)
        .slice(0, timesOf(random, place))
        .map((text, index) => ({ text, theme: name, session: `${name} ${index}` })),
    );
  const corrections: Correction[] = [];
  const themeOf = new Map<string, string>();
  const sizes = new Map<string, number>();
  const all = shuffled([...said, ...noise.map((each) => ({ ...each, theme: undefined }))], random);
  for (const [index, { text, theme, session }] of all.entries()) {
    const correctionId = `planted-${index}`;
    corrections.push(correction(text, Math.floor(random.next() * 28), { correctionId, sessionId: session }));
    if (theme === undefined) continue;
    themeOf.set(correctionId, theme);
    sizes.set(theme, (sizes.get(theme) ?? 0) + 1);
  }
  return { corrections, themeOf, sizes };
}

/** Share of a group that speaks of one theme from which it is right about it. */
export const leastPure = 0.6;

/** The label that most members bear, and how many do. */
export function mainLabel(
  labels: readonly (string | undefined)[],
): [label: string | undefined, count: number] {
  const counts = new Map<string, number>();
  for (const label of labels) if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0] ?? [undefined, 0];
}

export interface Recovered {
  /** Themes that have a pattern: of one theme for at least 60%, with at least half of what was said of it. */
  readonly found: ReadonlySet<string>;
  /** Patterns in which no theme holds 60%. */
  readonly falsePatterns: number;
}

export function recovered({ themeOf, sizes }: Planted, patterns: readonly Pattern[]): Recovered {
  const found = new Set<string>();
  let falsePatterns = 0;
  for (const { memberIds } of patterns) {
    const [theme, count] = mainLabel(memberIds.map((id) => themeOf.get(id)));
    if (theme === undefined || count < leastPure * memberIds.length) falsePatterns++;
    else if (count >= (sizes.get(theme) ?? 0) / 2) found.add(theme);
  }
  return { found, falsePatterns };
}

import * as z from 'zod/mini';
import { isoTime, sourceNameSchema, stored } from './common';

/** Characters of a correction's words that the index of habits holds at most. */
export const longestHabitText = 300;
/** Characters of every name and id in it. */
export const longestHabitName = 255;
/** Corrections that a project's file holds at most: its newest. */
export const mostHabitEntries = 2000;

const short = z.string().check(z.maxLength(longestHabitName));

/** One correction as the index of habits in the person's own folder holds it: one line of its project's file. */
export const habitEntrySchema = z.object({
  ...stored,
  /** Base name of the project's folder, to show; two projects may share it. */
  project: short,
  /** SHA-256 of the real path of the project's folder, as the file is named. */
  pathHash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  correctionId: short,
  source: z.union([sourceNameSchema, z.literal('manual')]),
  /** The person's own words, redacted. */
  text: z.string().check(z.maxLength(longestHabitText)),
  agentType: short,
  timestamp: isoTime,
});
export type HabitEntry = z.infer<typeof habitEntrySchema>;

/** One of the projects that a habit stands in. */
export interface HabitProject {
  readonly name: string;
  /** Number of its corrections that are of the habit. */
  readonly corrections: number;
  /** Time of the newest of them. */
  readonly lastSeen: string;
}

/** Like corrections in two projects or more. All text is redacted and untrusted. */
export interface Habit {
  readonly habitId: string;
  readonly title: string;
  /** The most typical of the texts. */
  readonly exemplar: string;
  /** The one in which it was seen last comes first. */
  readonly projects: readonly HabitProject[];
  /** Those of this project; none where it stands in others only. Oldest first. */
  readonly correctionIds: readonly string[];
}

import { TextGroups } from '../../analysis/clusters/textGroups';
import { titleOf } from '../../analysis/groupTitle';
import { Names } from '../../analysis/names';
import { groupBy } from '../../groupBy';
import type { Habit, HabitEntry, HabitProject } from '../../model/habit';
import type { Hash } from '../../ports';
import { TextCorpus } from '../../text/textCorpus';
import { words } from '../../text/words';
import { noWordVectors } from '../../text/wordVectors';
import { distinctMoments } from './habitProjects';
import { type SaidText, TextTies } from './habitTies';

/** Corrections that are compared at most: all of this project's, and the newest of the others. */
const mostCompared = 10_000;

/** A correction, and the number of the text that it is with the order of its words left aside. */
interface Said {
  readonly entry: HabitEntry;
  readonly words: readonly string[];
  readonly text: number;
}

interface Member extends Said {
  readonly typicality: number;
}

/**
 * Like corrections that stand in two projects or more, those of the most projects first. Pure: the same entries give the
 * same habits, in whatever order they come.
 */
export function findHabits(own: readonly HabitEntry[], others: readonly HabitEntry[], hash: Hash): Habit[] {
  const newest = others.toSorted(byMoment).slice(-Math.max(1, mostCompared - own.length));
  const moments = distinctMoments(own.toSorted(byMoment), newest);
  const ownIds = new Set(own.map(({ correctionId }) => correctionId));
  return groupAcross(moments.toSorted(byMoment))
    .map((members) => toHabit(members, ownIds, hash))
    .sort(
      (a, b) =>
        b.projects.length - a.projects.length || count(b) - count(a) || (a.habitId < b.habitId ? -1 : 1),
    );
}

/** Only what another project says too is grouped: most corrections stand alone, and grouping costs most. */
function groupAcross(moments: readonly HabitEntry[]): (readonly Member[])[] {
  const { said, ties } = compare(moments);
  const tied = ties.tied();
  const candidates = said.filter(({ text }) => tied.has(text));
  return groupsOf(candidates)
    .map((members) => {
      const kept = ties.within([...new Set(members.map(({ text }) => text))]);
      return members.filter(({ text }) => kept.has(text));
    })
    .filter((members) => new Set(members.map(({ entry }) => entry.pathHash)).size > 1);
}

/** Word vectors would bring together what is tied by no word: that is no habit yet. */
function groupsOf(said: readonly Said[]): Member[][] {
  const corpus = new TextCorpus();
  const projects = new Names();
  for (const one of said) corpus.add(one.words);
  const groups = new TextGroups({
    corpus,
    order: [...said.keys()],
    sourceOf: (text) => projects.numberOf(said[text]?.entry.pathHash ?? ''),
    wordVectors: noWordVectors,
  });
  const result: Member[][] = Array.from({ length: groups.count }, () => []);
  for (const [text, one] of said.entries())
    result[groups.groupOf(text)]?.push({ ...one, typicality: groups.typicality(text) });
  return result;
}

/** @param members in the order of time */
function toHabit(members: readonly Member[], ownIds: ReadonlySet<string>, hash: Hash): Habit {
  const entries = members.map(({ entry }) => entry);
  const typicalFirst = members
    .toSorted((a, b) => b.typicality - a.typicality)
    .map(({ entry }) => ({ userCorrection: entry.text }));
  const ids = new Set(entries.map(({ correctionId }) => correctionId));
  return {
    habitId: idOf(entries, hash),
    title: titleOf(typicalFirst),
    exemplar: typicalFirst[0]?.userCorrection ?? '',
    projects: projectsOf(entries),
    correctionIds: [...ids].filter((id) => ownIds.has(id)),
  };
}

function compare(moments: readonly HabitEntry[]): {
  readonly said: readonly Said[];
  readonly ties: TextTies;
} {
  const worded = moments
    .map((entry) => ({ entry, words: words(entry.text) }))
    .filter((one) => one.words.length > 0);
  const byWords = groupBy(worded, (one) => one.words.toSorted().join(' '));
  const texts = [...byWords.values()].map((copies): SaidText => {
    return {
      words: copies[0]?.words ?? [],
      projects: new Set(copies.map(({ entry }) => entry.pathHash)),
    };
  });
  const numbers = new Map([...byWords.keys()].map((key, index) => [key, index]));
  const said = worded.map((one) => {
    return { ...one, text: numbers.get(one.words.toSorted().join(' ')) ?? -1 };
  });
  return { said, ties: new TextTies(texts) };
}

/** By time; at the same time by id, then by project. */
function byMoment(a: HabitEntry, b: HabitEntry): number {
  const order = Date.parse(a.timestamp) - Date.parse(b.timestamp);
  if (order !== 0) return order;
  const [first, second] = [a.correctionId + a.pathHash, b.correctionId + b.pathHash];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Lasts as long as its first moment does. */
function idOf([first]: readonly HabitEntry[], hash: Hash): string {
  return `h_${hash.sha256(JSON.stringify([first?.pathHash, first?.correctionId])).slice(0, 12)}`;
}

/** @param entries in the order of time */
function projectsOf(entries: readonly HabitEntry[]): HabitProject[] {
  return [...groupBy(entries, ({ pathHash }) => pathHash).values()]
    .flatMap((theirs) => {
      const last = theirs.at(-1);
      return last ? [{ name: last.project, corrections: theirs.length, lastSeen: last.timestamp }] : [];
    })
    .sort((a, b) => Date.parse(b.lastSeen) - Date.parse(a.lastSeen));
}

function count({ projects }: Habit): number {
  return projects.reduce((sum, { corrections }) => sum + corrections, 0);
}

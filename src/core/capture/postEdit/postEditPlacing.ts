import { diffArrays } from 'diff';
import { isTelling, lineKey } from './postEditLines';

/** Lines, what each says, and where that stands. */
export class KeyedLines {
  readonly keys: readonly string[];
  readonly places = new Map<string, number[]>();

  constructor(readonly texts: readonly string[]) {
    this.keys = texts.map(lineKey);
    for (const [index, key] of this.keys.entries()) {
      const known = this.places.get(key);
      if (known) known.push(index);
      else this.places.set(key, [index]);
    }
  }
}

/** A piece of the block that does not stand in the text, and what stands in its place. Ends are not included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
  readonly textFrom: number;
  readonly textTo: number;
  /** It lies at an end of the block, so that no line of the block bounds it there. */
  readonly open: 'before' | 'after' | undefined;
}

export interface Placing {
  /** Lines of the block that stand in the text. */
  readonly kept: ReadonlySet<number>;
  readonly gaps: readonly Gap[];
}

interface Anchor {
  readonly line: number;
  readonly place: number;
}

/** A line that stands more often in the text says little about the place. */
const mostPlaces = 16;
const mostAnchors = 2000;
/** Lines in which a gap and what stands there may differ and still be compared line by line. */
const mostDifferent = 1000;

/**
 * Finds a block of lines within a text in which some of them are changed: the chain of lines in the same order that lie
 * closest together, and between them the shortest difference. Undefined when too little of the block is there to say where
 * it would stand: fewer than two telling lines, and less than half of them.
 */
export function placeBlock(block: KeyedLines, text: KeyedLines): Placing | undefined {
  const chain = bestChain(anchorsOf(block, text));
  const telling = block.keys.filter(isTelling).length;
  const [first, last] = [chain[0], chain.at(-1)];
  if (!first || !last || (chain.length < 2 && chain.length * 2 < telling)) return undefined;
  const kept = new Set(chain.map(({ line }) => line));
  const gaps: Gap[] = [];
  const between = (gap: Gap): void => {
    for (const part of split(gap, block, text, kept)) gaps.push(part);
  };
  between(gapBefore(first));
  for (const [index, anchor] of chain.slice(1).entries()) {
    const former = chain[index] ?? first;
    const [from, textFrom] = [former.line + 1, former.place + 1];
    between({ from, to: anchor.line, textFrom, textTo: anchor.place, open: undefined });
  }
  between(gapAfter(last, block.keys.length, text.keys.length));
  return { kept, gaps };
}

function anchorsOf(block: KeyedLines, text: KeyedLines): readonly Anchor[] {
  const all = block.keys.flatMap((key, line) => {
    const places = isTelling(key) ? (text.places.get(key) ?? []) : [];
    return places.length > mostPlaces ? [] : places.map((place) => ({ line, place }));
  });
  if (all.length <= mostAnchors) return all;
  return all
    .filter(({ line }) => text.places.get(block.keys[line] ?? '')?.length === 1)
    .slice(0, mostAnchors);
}

/** The weight falls off where lines are torn apart, so that a line of the same words far away does not draw the chain to it. */
function bestChain(anchors: readonly Anchor[]): readonly Anchor[] {
  const scores: number[] = [];
  const formers: number[] = [];
  let best = -1;
  for (const [index, { line, place }] of anchors.entries()) {
    let score = 0;
    let former = -1;
    for (let before = index - 1; before >= 0; before--) {
      const other = anchors[before];
      if (!other || other.line >= line || other.place >= place) continue;
      const torn = Math.abs(place - other.place - (line - other.line));
      const reached = (scores[before] ?? 0) - Math.min(1.5, torn * 0.05);
      if (reached > score) [score, former] = [reached, before];
    }
    scores.push(score + 1);
    formers.push(former);
    if (best < 0 || score + 1 > (scores[best] ?? 0)) best = index;
  }
  const chain: Anchor[] = [];
  for (let at = best; at >= 0; at = formers[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor) chain.push(anchor);
  }
  return chain.reverse();
}

/** Lines beside the block that may have taken the place of so many of its own. */
const reach = (lines: number): number => lines * 2 + 3;

function gapBefore({ line, place }: Anchor): Gap {
  const textFrom = Math.max(0, place - reach(line));
  return { from: 0, to: line, textFrom, textTo: place, open: 'before' };
}

function gapAfter({ line, place }: Anchor, lines: number, all: number): Gap {
  const textTo = Math.min(all, place + 1 + reach(lines - line - 1));
  return { from: line + 1, to: lines, textFrom: place + 1, textTo, open: 'after' };
}

/** Takes out of a gap the lines that are the same; adds them to `kept`. */
function split(gap: Gap, block: KeyedLines, text: KeyedLines, kept: Set<number>): readonly Gap[] {
  const inner = trimmed(gap, block, text, kept);
  if (inner.from >= inner.to) return [];
  // What stands everywhere says nothing of its own about the place: it is the same only beside lines that are.
  const unlike = (side: string, keys: readonly string[]): string[] =>
    keys.map((key, index) => (isTelling(key) ? key : `\0${side}${index}`));
  const parts: Gap[] = [];
  let [from, textFrom] = [inner.from, inner.textFrom];
  let [to, textTo] = [from, textFrom];
  const close = (open: Gap['open']): void => {
    const part = trimmed({ from, to, textFrom, textTo, open }, block, text, kept);
    if (part.to > part.from) parts.push(part);
  };
  const changes = diffArrays(
    unlike('block', block.keys.slice(inner.from, inner.to)),
    unlike('text', text.keys.slice(inner.textFrom, inner.textTo)),
    { maxEditLength: mostDifferent },
  );
  if (changes === undefined) return [inner];
  for (const { value, added, removed } of changes) {
    if (removed) to += value.length;
    else if (added) textTo += value.length;
    else {
      close(from === inner.from && inner.open === 'before' ? 'before' : undefined);
      for (let line = to; line < to + value.length; line++) kept.add(line);
      [from, textFrom] = [to + value.length, textTo + value.length];
      [to, textTo] = [from, textFrom];
    }
  }
  close(inner.open === 'after' || from === inner.from ? inner.open : undefined);
  return parts;
}

/** Without the lines at its closed ends that are the same; adds them to `kept`. */
function trimmed(gap: Gap, { keys }: KeyedLines, text: KeyedLines, kept: Set<number>): Gap {
  let { from, to, textFrom, textTo } = gap;
  const roomLeft = (): boolean => from < to && textFrom < textTo;
  while (gap.open !== 'before' && roomLeft() && keys[from] === text.keys[textFrom]) {
    kept.add(from);
    [from, textFrom] = [from + 1, textFrom + 1];
  }
  while (gap.open !== 'after' && roomLeft() && keys[to - 1] === text.keys[textTo - 1]) {
    [to, textTo] = [to - 1, textTo - 1];
    kept.add(to);
  }
  return { ...gap, from, to, textFrom, textTo };
}

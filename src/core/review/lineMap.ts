import { diffArrays } from 'diff';

/** Line of `to` for every line of `from`, and for the place after its last line. Lines count from 0. */
export function mapLines(from: readonly string[], to: readonly string[]): readonly number[] {
  const places: number[] = [];
  let line = 0;
  for (const change of diffArrays([...from], [...to])) {
    const { length } = change.value;
    if (change.removed) places.push(...Array.from({ length }, () => line));
    else if (change.added) line += length;
    else {
      places.push(...Array.from({ length }, (_, index) => line + index));
      line += length;
    }
  }
  places.push(line);
  return places;
}

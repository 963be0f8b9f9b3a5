export interface Point {
  readonly x: number;
  readonly y: number;
}

const directions: Readonly<Record<string, Point>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/**
 * Index of the point that an arrow key goes to: of those that lie within 60 degrees of its direction the nearest, where what lies
 * aside counts twice as far. `undefined` where there is none, or for another key.
 */
export function nextPoint(points: readonly Point[], from: number, key: string): number | undefined {
  const direction = directions[key];
  const start = points[from];
  if (!direction || !start) return undefined;
  let best: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, point] of points.entries()) {
    const along = (point.x - start.x) * direction.x + (point.y - start.y) * direction.y;
    const aside = Math.abs((point.x - start.x) * direction.y + (point.y - start.y) * direction.x);
    if (index === from || along <= 0 || aside > along * Math.sqrt(3)) continue;
    const distance = along + 2 * aside;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

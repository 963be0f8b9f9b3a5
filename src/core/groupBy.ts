/** Values by key, both in the order in which they first come. */
export function groupBy<K, T>(values: Iterable<T>, keyOf: (value: T) => K): Map<K, T[]> {
  const result = new Map<K, T[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = result.get(key);
    if (group) group.push(value);
    else result.set(key, [value]);
  }
  return result;
}

/** Every line of the new text stands in the old one, in this order, and some are gone. */
export function onlyRemoves(before: string, after: string): boolean {
  const old = before.split('\n');
  const kept = after.split('\n');
  let next = 0;
  for (const line of old) if (line === kept[next]) next += 1;
  return next === kept.length && kept.length < old.length;
}

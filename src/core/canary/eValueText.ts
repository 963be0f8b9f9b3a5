/** An e-value with the digits that it can bear. */
export function eValueText(value: number): string {
  if (value >= 1e6) return 'over a million';
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

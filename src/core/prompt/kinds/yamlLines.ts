/** A YAML value in double quotes, on one line. */
export function quoted(text: string): string {
  return `"${text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\"]/g, (each) => `\\${each}`)}"`;
}

/** `key: "…"`, where there is something to say. */
export function line(key: string, value: string | undefined): readonly string[] {
  return value === undefined || value.trim() === '' ? [] : [`${key}: ${quoted(value)}`];
}

export function list(key: string, values: readonly string[] | undefined): readonly string[] {
  return values === undefined || values.length === 0
    ? []
    : [`${key}:`, ...values.map((value) => `  - ${quoted(value)}`)];
}

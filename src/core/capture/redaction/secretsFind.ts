/** A stretch of a text that holds a secret: UTF-16 offsets, the end not included. */
export interface Find {
  readonly start: number;
  readonly end: number;
  readonly kind: string;
}

/**
 * Whether a token may begin at `at`: no character of a token stands before it, unless it ends an escape (`\n`, `%3D`, `\u0022`),
 * as in strings inside tool commands.
 */
export function startsToken(text: string, at: number): boolean {
  if (!/[\w-]/.test(text.charAt(at - 1))) return true;
  return /(?:\\[abefnrtv]|%[0-9A-F]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\[[0-9;]{1,8}m)$/.test(
    text.slice(Math.max(0, at - 9), at),
  );
}

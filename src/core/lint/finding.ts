import * as z from 'zod/mini';

export const findingCodes = [
  'missing-path',
  'missing-command',
  'unknown-tool',
  'ignored-frontmatter',
  'duplicate',
  'contradiction',
  'unfollowable',
  'token-cost',
] as const;
export type FindingCode = (typeof findingCodes)[number];

export const findingSeverities = ['error', 'warning', 'information', 'hint'] as const;
export type FindingSeverity = (typeof findingSeverities)[number];

const position = z.int().check(z.minimum(1));

/** A range of a prompt. Lines and columns (UTF-16 units) count from 1; the end column is the one after the last. */
export const placeSchema = z.object({
  path: z.string(),
  line: position,
  column: position,
  endLine: position,
  endColumn: position,
});
export type Place = z.infer<typeof placeSchema>;

/** Replaces the whole lines `before`, from `startLine` (from 0), by `after`. */
export interface Fix {
  /** As a menu says it: "Change to src/a.ts". */
  readonly title: string;
  readonly startLine: number;
  readonly before: string;
  readonly after: string;
  /** For a fix within one line: what is replaced, from where (from 0). Several of one line can then be one hunk. */
  readonly edit?: { readonly at: number; readonly part: string; readonly by: string };
  /** Proposed as well when everything fixable is to be fixed; others only when asked for by themselves. */
  readonly inBulk: boolean;
}

/** Something that is wrong with a prompt whatever its agent does. */
export interface Finding {
  /** From the code, the file and the words alone, so that it survives when lines shift. */
  readonly findingId: string;
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  readonly place: Place;
  /** One or two sentences for the person. */
  readonly message: string;
  readonly related: readonly { readonly place: Place; readonly message: string }[];
  readonly fix?: Fix;
}

/** A finding before it has an id; `subject` is what, within the file, it is about. */
export interface Found extends Omit<Finding, 'findingId' | 'related'> {
  readonly subject: string;
  readonly related?: Finding['related'];
}

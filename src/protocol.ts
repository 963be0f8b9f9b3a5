import * as z from 'zod/mini';

// What the report's webview and the extension host say to each other. Each side checks what it gets; what does not parse is logged
// or dropped. A page names ids and never a path, so that it can open nothing but its own evidence.

export const reportSections = ['map', 'improvements', 'experiments', 'monitoring', 'unread'] as const;
export const reportTabs = ['patterns', ...reportSections] as const;
export const exportFormats = ['html', 'csv', 'json'] as const;

const ofPattern = <const T extends string>(type: T) =>
  z.object({ type: z.literal(type), patternId: z.string() });

/** From the webview. */
export const reportMessageSchema = z.discriminatedUnion('type', [
  /** The page stands and wants everything; asked again after it was hidden. */
  z.object({ type: z.literal('ready') }),
  /** Wants the details of a pattern, now and whenever they change. */
  ofPattern('select'),
  /** Wants a part that is read only when it is looked at. */
  z.object({ type: z.literal('openSection'), section: z.enum(reportSections) }),
  /** Opens the source of one correction that stands in the report. */
  z.object({ type: z.literal('openSource'), correctionId: z.string() }),
  /** Opens the prompt at the instruction that covers the pattern. */
  ofPattern('openPrompt'),
  ofPattern('improve'),
  ofPattern('dismiss'),
  /** The whole report, or of the monitoring alone. */
  z.object({
    type: z.literal('export'),
    format: z.enum(exportFormats),
    part: z.optional(z.literal('monitoring')),
  }),
  z.object({ type: z.literal('checkHealth') }),
  z.object({ type: z.literal('importCorrections') }),
  z.object({ type: z.literal('runImprovement') }),
]);
export type ReportMessage = z.infer<typeof reportMessageSchema>;

/** One pattern as the list shows, filters and sorts it. */
export const patternRowSchema = z.object({
  id: z.string(),
  title: z.string(),
  agent: z.string(),
  type: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  signals: z.array(z.string()),
  fileKinds: z.array(z.string()),
  tools: z.array(z.string()),
  corrections: z.number(),
  sessions: z.number(),
  impact: z.number(),
  confidence: z.number(),
  trend: z.enum(['rising', 'falling', 'steady', 'unknown']),
  slope: z.number(),
  coverage: z.enum(['missing', 'disobeyed', 'unknown']),
  unusual: z.boolean(),
  lastSeen: z.string(),
  decision: z.nullable(z.enum(['proposed', 'addressed', 'rejected', 'dismissed'])),
  weeks: z.array(z.number()),
  text: z.string(),
});
export type PatternRow = z.infer<typeof patternRowSchema>;

/** From the extension host. `markup` is made by the core, which escapes every text of a record. */
export const reportUpdateSchema = z.discriminatedUnion('type', [
  /** Rows that are new or have changed. `complete` with the last of one reading: all rows are known then. */
  z.object({ type: z.literal('rows'), rows: z.array(patternRowSchema), complete: z.boolean() }),
  z.object({ type: z.literal('removed'), ids: z.array(z.string()) }),
  /** One line on how much was read, what to show where there is no pattern, and the number of unread records. */
  z.object({ type: z.literal('overview'), totals: z.string(), none: z.string(), unread: z.number() }),
  z.object({ type: z.literal('detail'), patternId: z.string(), title: z.string(), markup: z.string() }),
  z.object({ type: z.literal('section'), section: z.enum(reportSections), markup: z.string() }),
  /** Turns to a tab, as the person asked for by a command. */
  z.object({ type: z.literal('turnTo'), tab: z.enum(reportTabs) }),
]);
export type ReportUpdate = z.infer<typeof reportUpdateSchema>;

export const filterKeys = [
  'agent',
  'type',
  'signal',
  'severity',
  'fileKind',
  'tool',
  'coverage',
  'trend',
] as const;
export type FilterKey = (typeof filterKeys)[number];
export const sortKeys = ['impact', 'confidence', 'sessions', 'lastSeen', 'trend'] as const;
export type SortKey = (typeof sortKeys)[number];

/** What the report remembers between being hidden, shown and restored after a restart. */
export const reportStateSchema = z.object({
  tab: z.enum(reportTabs),
  selected: z.nullable(z.string()),
  text: z.string(),
  filters: z.partialRecord(z.enum(filterKeys), z.string()),
  sort: z.enum(sortKeys),
  /** Pixels that the list and the details are scrolled by. */
  scroll: z.object({ list: z.number(), detail: z.number() }),
  /** `data-keep` names of the details that the person opened or closed. */
  open: z.record(z.string(), z.boolean()),
});
export type ReportState = z.infer<typeof reportStateSchema>;

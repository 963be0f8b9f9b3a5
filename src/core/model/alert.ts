import * as z from 'zod/mini';
import { count, isoTime, stored } from './common';

export const alertSeverities = ['info', 'warning', 'error'] as const;
export const alertSeveritySchema = z.enum(alertSeverities);
export type AlertSeverity = z.infer<typeof alertSeveritySchema>;

/** Whether the person's address was told of an alert. `sending`: somebody is about to; nobody else does so meanwhile. */
export const webhookDeliverySchema = z.object({
  state: z.enum(['sending', 'sent', 'failed']),
  at: isoTime,
  attempts: count,
  /** Status or error, never a body. */
  detail: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDeliverySchema>;

/**
 * Something that a person should look at. One event is one alert: the id follows from rule, subject and event, so two windows that see the
 * same raise one. It is open until `resolvedAt`; the same event seen again afterwards opens it again.
 */
export const alertSchema = z.object({
  ...stored,
  /** `al_` and 16 hexadecimal digits. */
  alertId: z.string(),
  /** Name of the rule that raised it. */
  rule: z.string(),
  severity: alertSeveritySchema,
  /** Id of what it is about: a run, a deployment, a template, a file. */
  subject: z.string(),
  /** What tells this event from the next one of the same subject: an id, a hash, a time. Empty where there is but one at a time. */
  event: z.string(),
  /** File it is about, relative to the workspace with forward slashes. */
  path: z.optional(z.string()),
  /** Counts from 1. */
  line: z.optional(count),
  message: z.string(),
  remedy: z.string(),
  raisedAt: isoTime,
  lastSeenAt: isoTime,
  resolvedAt: z.nullable(isoTime),
  /** When a window showed it; null: in none so far. */
  notifiedAt: z.nullable(isoTime),
  /** When a person said that they know of it. */
  acknowledgedAt: z.optional(isoTime),
  webhook: z.optional(webhookDeliverySchema),
});
export type Alert = z.infer<typeof alertSchema>;

import * as z from 'zod/mini';
import { type AlertSeverity, alertSeveritySchema } from './alert';
import { count } from './common';

const rule = (severity: AlertSeverity) => ({
  enabled: z._default(z.boolean(), true),
  severity: z._default(alertSeveritySchema, severity),
});
const positive = z.number().check(z.positive());
const atLeastOne = z.int().check(z.minimum(1));

/** The rules by which alerts are raised: each can be switched off, and its severity and thresholds set. */
export const alertRulesSchema = z.strictObject({
  /** A run failed, ran out of time, or some of its agents failed. */
  failedRun: z.prefault(z.strictObject(rule('error')), {}),
  /** A deployment was not verified, or a deploy stage failed. */
  failedDeployment: z.prefault(z.strictObject(rule('error')), {}),
  /** A stage took more than `factor` times the median of at least `earlierRuns` earlier runs. */
  slowStage: z.prefault(
    z.strictObject({
      ...rule('warning'),
      factor: z._default(positive, 2),
      earlierRuns: z._default(atLeastOne, 5),
      /** Seconds below which no stage is called slow: of milliseconds the median says nothing. */
      atLeastSeconds: z._default(z.number().check(z.nonnegative()), 1),
    }),
    {},
  ),
  /** More than `share` of the last `last` validations had the verdict `reject`, or could not be done. */
  validationFailures: z.prefault(
    z.strictObject({
      ...rule('warning'),
      share: z._default(z.number().check(z.minimum(0), z.maximum(1)), 0.5),
      last: z._default(atLeastOne, 10),
    }),
    {},
  ),
  /** A record that cannot be read. */
  corruptRecords: z.prefault(z.strictObject(rule('warning')), {}),
  /** A stage gives nothing that gave something in each of its `earlierRuns` runs before. */
  zeroOutput: z.prefault(z.strictObject({ ...rule('warning'), earlierRuns: z._default(atLeastOne, 3) }), {}),
  /** A source has sessions on disk that are `days` newer than the newest imported one. */
  staleSource: z.prefault(z.strictObject({ ...rule('info'), days: z._default(positive, 7) }), {}),
  /** A file no longer holds what was deployed, or is gone. */
  drift: z.prefault(z.strictObject(rule('warning')), {}),
  /** A file that its tool cannot read as a prompt, or that cannot be written. */
  brokenTarget: z.prefault(z.strictObject(rule('error')), {}),
  /** The log of changes does not verify. */
  brokenAudit: z.prefault(z.strictObject(rule('error')), {}),
  /** A component's own check fails: no space, no write, a clock that went back. */
  failingComponent: z.prefault(z.strictObject(rule('error')), {}),
  /** Corrections rose after a version was deployed; raised by what watches deployments. */
  observedHarm: z.prefault(z.strictObject(rule('error')), {}),
  /** An experiment was taken back on harm, or because its assignment or its candidate was broken. */
  canaryRolledBack: z.prefault(z.strictObject(rule('error')), {}),
});
export type AlertRules = z.infer<typeof alertRulesSchema>;
export type AlertRuleName = keyof AlertRules;

export const alertsSettingSchema = z.strictObject({
  rules: z.prefault(alertRulesSchema, {}),
  /** https address (http on this machine only) that is told of alerts: ids and messages. Empty: none. */
  webhook: z._default(z.string(), ''),
  /** Percentage of the disk's space below which health calls it short. */
  leastFreeDiskPercent: z._default(z.number().check(z.minimum(0), z.maximum(100)), 2),
  /** Days that resolved alerts are kept. */
  keepResolvedDays: z._default(count, 30),
});
export type AlertsSetting = z.infer<typeof alertsSettingSchema>;

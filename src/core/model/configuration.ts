import * as z from 'zod/mini';
import { roleTableSchema } from '../roles/roleTable';
import { alertsSettingSchema } from './alertRules';
import { sourceNames, stored, unit } from './common';

const seconds = z.int().check(z.minimum(1));

const sourceSettingSchema = z.object({
  enabled: z._default(z.boolean(), true),
  /** A folder or file to read instead of the tool's own place; relative to the workspace. */
  path: z.optional(z.string()),
});

/** Encrypted backups. Without a passphrase or a recipient none is made. */
const backupSettingsSchema = z.object({
  /** Make one before every deployment, where there is a key. */
  beforeDeployment: z._default(z.boolean(), true),
  /** A backup that fails refuses the deployment. */
  required: z._default(z.boolean(), false),
  /** Hours between scheduled backups while VS Code is open; 0 makes none. */
  everyHours: z._default(z.number().check(z.minimum(0)), 24),
  /** Newest archives that are kept; of each of the last eight weeks one is kept too. */
  keep: z._default(z.int().check(z.minimum(1)), 10),
  /** Public keys (`age1…`) for which backups are encrypted; none: with the passphrase. */
  recipients: z._default(z.array(z.string().check(z.regex(/^age1[a-z0-9]+$/))), []),
  /** Folder of the archives, relative to the workspace; empty: `.claude-pm/template_management/backups/archives`. */
  folder: z._default(z.string(), ''),
});

const scheduleSchema = z.object({
  everyHours: z._default(z.nullable(z.number().check(z.minimum(0.1))), null),
  afterCorrections: z._default(z.nullable(z.int().check(z.minimum(1))), null),
});

/** `config.json`, shared by the extension and the command line. Every key has a default. */
export const configurationSchema = z.object({
  schemaVersion: z._default(stored.schemaVersion, 1),
  /** Preset names of agent types; every agent that is found counts too. */
  agentTypes: z._default(z.array(z.string()), ['Documentation', 'QA', 'Engineer', 'Ops']),
  /** Maps an agent's name, in any case, to its agent type. */
  agentNames: z._default(z.record(z.string(), z.string()), {}),
  /** Days counted back from the newest correction. */
  correctionAnalysisDays: z._default(z.number().check(z.minimum(1)), 30),
  patternDetectionThreshold: z._default(unit, 0.7),
  improvementConfidenceThreshold: z._default(unit, 0.8),
  /** A minimum: sampling goes on to the pairs required. */
  validationSampleSize: z._default(z.int().check(z.minimum(1)), 10),
  significanceLevel: z._default(unit, 0.05),
  effectivenessThreshold: z._default(unit, 0.7),
  /** Smallest difference of pass rates that matters. */
  smallestEffect: z._default(unit, 0.1),
  regressionMargin: z._default(unit, 0.05),
  autoDeploymentEnabled: z._default(z.boolean(), false),
  /** Roll a deployment back by itself when an always-valid test says that the corrections it was to cure rose. */
  autoRollbackEnabled: z._default(z.boolean(), false),
  monitoringInterval: z._default(seconds, 3600),
  pipelineTimeout: z._default(seconds, 7200),
  /** Runs while VS Code is open: so many hours after the last one began, or once so many corrections are new; null switches that off. */
  schedule: z._default(scheduleSchema, { everyHours: null, afterCorrections: null }),
  /** Read new lines of transcripts while VS Code is open. */
  liveCapture: z._default(z.boolean(), true),
  /** Hours after an agent's edit in which a person's rewriting of its lines counts as a correction. 0 switches that off. */
  afterglowHours: z._default(z.number().check(z.minimum(0)), 24),
  /** Days after which corrections are forgotten for good; 0 keeps them. */
  correctionRetentionDays: z._default(z.number().check(z.minimum(0)), 0),
  /** What cleaning up leaves: the newest versions of each template, and of the others those that are no older than so many days. */
  versionRetention: z._default(
    z.object({
      keep: z._default(z.int().check(z.minimum(1)), 50),
      days: z._default(z.number().check(z.minimum(0)), 90),
    }),
    { keep: 50, days: 90 },
  ),
  /** Let git see raw corrections, and the records that quote them. */
  shareCorrections: z._default(z.boolean(), false),
  redactEmails: z._default(z.boolean(), false),
  redactHomeDirectories: z._default(z.boolean(), false),
  /** Keep an index in the user's own folder, by which the same correction in several projects is seen as one habit. */
  crossProjectHabits: z._default(z.boolean(), false),
  /** A text file of word vectors (GloVe, word2vec, fastText) that grouping uses for English at large; relative to the workspace. */
  wordVectors: z._default(z.string(), ''),
  /** Show in the Problems view what the check of the prompts finds. */
  checkPrompts: z._default(z.boolean(), true),
  /** Ids of findings that the person wants to hear nothing of. */
  ignoredFindings: z._default(z.array(z.string()), []),
  backup: z._default(backupSettingsSchema, backupSettingsSchema.parse({})),
  /** What raises alerts, and who is told. */
  alerts: z.prefault(alertsSettingSchema, {}),
  /** Who may do what; without it, everybody everything. */
  roles: z.optional(roleTableSchema),
  sources: z._default(z.partialRecord(z.enum(sourceNames), sourceSettingSchema), {}),
});
export type Configuration = z.infer<typeof configurationSchema>;

export const defaultConfiguration: Configuration = configurationSchema.parse({});

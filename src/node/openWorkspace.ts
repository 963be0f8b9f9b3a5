import { randomInt } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { PatternAnalyzer } from '../core/analysis/patternAnalyzer';
import { auditWho } from '../core/audit/auditText';
import { AuditTrail } from '../core/audit/auditTrail';
import { CanaryExperiments } from '../core/canary/canaryExperiments';
import { CanaryWatch } from '../core/canary/canaryWatch';
import { CorrectionCapture, type ImportSummary } from '../core/capture/correctionCapture';
import { checkHealth, type HealthOptions } from '../core/health/checkHealth';
import { PromptImprover } from '../core/improve/promptImprover';
import { PromptCheck } from '../core/lint/promptCheck';
import type { AuditWho } from '../core/model/audit';
import type { Configuration } from '../core/model/configuration';
import type { Health } from '../core/model/execution';
import { EffectObserver } from '../core/observe/effectObserver';
import { PromptImprovementPipeline } from '../core/pipeline/promptImprovementPipeline';
import type { RunSupport } from '../core/pipeline/runSupport';
import type { Log, Ports } from '../core/ports';
import { ImprovementReview } from '../core/review/improvementReview';
import { RoleAccess } from '../core/roles/access';
import { PromptTemplateManager } from '../core/templates/promptTemplateManager';
import { type Recovery, recoverChanges } from '../core/transaction/recoverChanges';
import { PromptValidator } from '../core/validate/promptValidator';
import { AlertDesk } from './alerts/alertDesk';
import { type BackupSecrets, environmentSecrets } from './backup/backupKeys';
import { Backups } from './backup/backups';
import { recoverRestores } from './backup/recoverRestores';
import { unfinishedRestores } from './backup/restoreFolders';
import { readConfiguration } from './configurationFile';
import { openPromptFacts } from './facts/promptFacts';
import { openFileHistory } from './fileHistory';
import { openFileStore } from './fileStore';
import { openHabitIndex } from './habitIndex';
import { openHealthProbes } from './health/healthProbes';
import { hookMarkers } from './hookJournal';
import { openIdentity } from './identity';
import { openJsonCache } from './jsonCache';
import { openLegacyFolders } from './legacyFolders';
import { LiveCapture } from './liveCapture';
import { openCanaryPlace } from './openCanaryPlace';
import { openPromptFiles } from './promptFiles';
import { runSupport } from './runSupport';
import { seededRandom } from './seededRandom';
import { correctionSources } from './sources/registry';
import { fixedClock, nodeHash, systemClock } from './systemPorts';
import { ThreadAnalysisRunner } from './threadAnalysisRunner';
import { openWordKnowledge } from './wordKnowledge';

export interface OpenOptions {
  readonly log: Log;
  /** A fixed clock, for runs that must repeat exactly. */
  readonly now?: Date;
  readonly seed?: number;
  /** Settings that take precedence over `config.json`. */
  readonly overrides?: Partial<Configuration>;
  /** The person's own folder; without it, the system's. */
  readonly home?: string;
  /** Where the secrets of backups are; without it, the environment. */
  readonly backupSecrets?: BackupSecrets;
  /** File of the built `analysisWorker`, for a host whose own thread must stay free. */
  readonly analysisThread?: string;
  /** Name and email to go by, before those of the environment and of git. */
  readonly identity?: string;
  /** What opened it, for the log of changes. */
  readonly face?: AuditWho['face'];
  /** Kind of process and, on the command line, the command. */
  readonly process?: string;
}

/** One workspace with its components wired to the file system. */
export interface Workspace {
  /** Absolute path of the folder that holds `.claude-pm/`. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly ports: Ports;
  readonly access: RoleAccess;
  readonly capture: CorrectionCapture;
  readonly analyzer: PatternAnalyzer;
  readonly improver: PromptImprover;
  readonly validator: PromptValidator;
  readonly templates: PromptTemplateManager;
  readonly review: ImprovementReview;
  /** Experiments on real sessions. */
  readonly canary: CanaryExperiments;
  readonly canaryWatch: CanaryWatch;
  readonly observer: EffectObserver;
  readonly pipeline: PromptImprovementPipeline;
  /** Who runs the pipeline, in whatever process. */
  readonly support: RunSupport;
  readonly promptCheck: PromptCheck;
  readonly backups: Backups;
  readonly alerts: AlertDesk;
  /**
   * Lets every component prove its state, raises and closes alerts, and keeps the finding.
   * @throws PipelineError NOT_FOUND for an unknown component, CANCELLED
   */
  health(options?: HealthOptions): Promise<Health>;
  /** Follows the sources' transcripts while this is open; the caller starts and stops it. */
  liveCapture(onRead: (summary: ImportSummary) => void): LiveCapture;
  /**
   * Takes back changes that were interrupted, and tells of those that were since the last call. Whoever is about to change records does
   * so too. @throws PipelineError LOCKED, and what the file system refuses
   */
  recover(): Promise<readonly Recovery[]>;
  /** Releases locks. */
  close(): Promise<void>;
}

/** @throws PipelineError INVALID_CONFIGURATION (with file and line), PERMISSION_DENIED */
export async function openWorkspace(root: string, options: OpenOptions): Promise<Workspace> {
  const { log, now, seed, overrides, home = homedir(), analysisThread } = options;
  const folder = join(root, '.claude-pm');
  const reading = await readConfiguration(folder);
  for (const warning of reading.warnings) log.warn(warning);
  const configuration: Configuration = { ...reading.configuration, ...overrides };

  const clock = now ? fixedClock(now) : systemClock;
  const hash = nodeHash;
  const identity = openIdentity(root, options.identity);
  const access = new RoleAccess(reading.configuration.roles, identity, '.claude-pm/config.json');
  const recovered: Recovery[] = [];
  // A run that must repeat exactly signs its records with the seed, not with the machine.
  const store = await openFileStore(folder, {
    clock,
    shareQuotes: configuration.shareCorrections,
    beforeWork: async () => {
      recovered.push(...(await recoverRestores(folder, ports)));
      recovered.push(...(await recoverChanges(ports)));
    },
    ...(seed === undefined ? {} : { machine: `seed${seed}` }),
  });
  const ports: Ports = {
    store,
    promptFiles: openPromptFiles(root, { home }),
    audit: new AuditTrail({ store, clock, hash }, async () =>
      auditWho(await identity(), options.face ?? 'library', options.process ?? 'library'),
    ),
    access,
    clock,
    random: seededRandom(seed ?? randomInt(2 ** 32)),
    hash,
    log,
    cache: openJsonCache(folder),
    habitIndex: openHabitIndex(root, home),
    fileHistory: openFileHistory(root, { log }),
    wordKnowledge: openWordKnowledge(
      configuration.wordVectors === '' ? undefined : resolve(root, configuration.wordVectors),
    ),
  };
  const sources = correctionSources(root, process.env, home);
  const capture = new CorrectionCapture(ports, configuration, sources, openLegacyFolders(root, home));
  const thread =
    analysisThread === undefined
      ? undefined
      : new ThreadAnalysisRunner(analysisThread, { root, overrides: overrides ?? {}, home });
  const analyzer = new PatternAnalyzer(ports, configuration, thread);
  const backups = new Backups(
    root,
    ports,
    configuration,
    options.backupSecrets ?? environmentSecrets(process.env),
  );
  const templates = new PromptTemplateManager(ports, configuration, userInfo().username, (what, templateId) =>
    backups.beforeDeployment(what, templateId),
  );
  const improver = new PromptImprover(ports, configuration, templates);
  const validator = new PromptValidator(ports, configuration, templates);
  const review = new ImprovementReview(ports, configuration, templates);
  const canary = new CanaryExperiments(ports, configuration, templates, openCanaryPlace(root));
  const promptCheck = new PromptCheck(ports, configuration, templates, {
    facts: () => openPromptFacts(root),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const probes = { ...openHealthProbes(root, home), backups: () => backups.state() };
  const health = (asked?: HealthOptions) => checkHealth({ ports, configuration, probes, sources }, asked);
  const observer = new EffectObserver(ports, configuration, analyzer, templates);
  const support = runSupport(folder, { repeatable: now !== undefined });
  const components = { capture, analyzer, improver, validator, templates, review, observer, health, support };
  const pipeline = new PromptImprovementPipeline(ports, configuration, components);
  return {
    root,
    configuration,
    ports,
    access,
    capture,
    analyzer,
    improver,
    validator,
    templates,
    review,
    canary,
    canaryWatch: new CanaryWatch(ports, configuration, analyzer, canary),
    observer,
    pipeline,
    support,
    promptCheck,
    backups,
    alerts: new AlertDesk(ports, configuration.alerts, root, home),
    health,
    liveCapture: (onRead) =>
      new LiveCapture({ capture, sources, configuration, log, onRead, markers: hookMarkers(root) }),
    recover: async () => {
      const { records } = await store.list('pendingChanges');
      const unfinished = await unfinishedRestores(folder);
      if (records.length + unfinished.length > 0) await store.exclusive(async () => undefined);
      return recovered.splice(0);
    },
    close: async () => {
      await thread?.close();
      await store.close();
    },
  };
}

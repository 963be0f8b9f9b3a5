import { randomInt } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { PatternAnalyzer } from '../core/analysis/patternAnalyzer';
import { AuditTrail } from '../core/audit/auditTrail';
import { CorrectionCapture, type ImportSummary } from '../core/capture/correctionCapture';
import { PipelineError } from '../core/errors';
import { PromptImprover } from '../core/improve/promptImprover';
import { PromptCheck } from '../core/lint/promptCheck';
import type { Configuration } from '../core/model/configuration';
import type { Health } from '../core/model/execution';
import { checkHealth } from '../core/pipeline/checkHealth';
import { PromptImprovementPipeline } from '../core/pipeline/promptImprovementPipeline';
import type { Log, Ports } from '../core/ports';
import { ImprovementReview } from '../core/review/improvementReview';
import { PromptTemplateManager } from '../core/templates/promptTemplateManager';
import { PromptValidator } from '../core/validate/promptValidator';
import { readConfiguration } from './configurationFile';
import { openPromptFacts } from './facts/promptFacts';
import { openFileHistory } from './fileHistory';
import { openFileStore } from './fileStore';
import { openHabitIndex } from './habitIndex';
import { hookMarkers } from './hookJournal';
import { openJsonCache } from './jsonCache';
import { LiveCapture } from './liveCapture';
import { openPromptFiles } from './promptFiles';
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
  /** File of the built `analysisWorker`, for a host whose own thread must stay free. */
  readonly analysisThread?: string;
}

/** One workspace with its components wired to the file system. */
export interface Workspace {
  /** Absolute path of the folder that holds `.claude-pm/`. */
  readonly root: string;
  readonly configuration: Configuration;
  readonly ports: Ports;
  readonly capture: CorrectionCapture;
  readonly analyzer: PatternAnalyzer;
  readonly improver: PromptImprover;
  readonly validator: PromptValidator;
  readonly templates: PromptTemplateManager;
  readonly review: ImprovementReview;
  readonly pipeline: PromptImprovementPipeline;
  readonly promptCheck: PromptCheck;
  /** Checks the records and every component, and keeps the finding. */
  health(): Promise<Health>;
  /** Follows the sources' transcripts while this is open; the caller starts and stops it. */
  liveCapture(onRead: (summary: ImportSummary) => void): LiveCapture;
  /** Releases locks. */
  close(): Promise<void>;
}

/** A signal that is raised with `TIMED_OUT` after so many seconds; it does not keep the process alive. */
function timeLimit(seconds: number): AbortSignal {
  const controller = new AbortController();
  const expire = () =>
    controller.abort(
      new PipelineError('TIMED_OUT', `The run took longer than ${seconds} seconds.`, {
        subject: 'pipelineTimeout',
        remedy: 'What was finished before is kept. Raise pipelineTimeout, or run it for one agent.',
      }),
    );
  setTimeout(expire, seconds * 1000).unref();
  return controller.signal;
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
  // A run that must repeat exactly signs its records with the seed, not with the machine.
  const store = await openFileStore(folder, {
    clock,
    shareQuotes: configuration.shareCorrections,
    ...(seed === undefined ? {} : { machine: `seed${seed}` }),
  });
  const ports: Ports = {
    store,
    promptFiles: openPromptFiles(root, { home }),
    audit: new AuditTrail({ store, clock, hash }),
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
  const capture = new CorrectionCapture(ports, configuration, sources);
  const thread =
    analysisThread === undefined
      ? undefined
      : new ThreadAnalysisRunner(analysisThread, { root, overrides: overrides ?? {}, home });
  const analyzer = new PatternAnalyzer(ports, configuration, thread);
  const templates = new PromptTemplateManager(ports, configuration, userInfo().username);
  const improver = new PromptImprover(ports, configuration, templates);
  const validator = new PromptValidator(ports, configuration, templates);
  const review = new ImprovementReview(ports, configuration, templates);
  const promptCheck = new PromptCheck(ports, configuration, templates, {
    facts: () => openPromptFacts(root),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const health = async (): Promise<Health> => {
    const found = await checkHealth(ports, configuration);
    await store.put('health', found);
    return found;
  };
  const components = { capture, analyzer, improver, validator, templates, health, timeLimit };
  const pipeline = new PromptImprovementPipeline(ports, configuration, components);
  return {
    root,
    configuration,
    ports,
    capture,
    analyzer,
    improver,
    validator,
    templates,
    review,
    pipeline,
    promptCheck,
    health,
    liveCapture: (onRead) =>
      new LiveCapture({ capture, sources, configuration, log, onRead, markers: hookMarkers(root) }),
    close: async () => {
      await thread?.close();
      await store.close();
    },
  };
}

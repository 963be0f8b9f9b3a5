import { PipelineError } from '../errors';
import { modelArea } from '../languageModel/answerCache';
import { type CorrectionType, type Severity, schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Correction, Forgotten } from '../model/correction';
import type { Ports } from '../ports';
import { mapAgentName } from './agentName';
import { forgetQuotes } from './forgetQuotes';
import { Habits } from './habits/habits';
import { Redaction } from './redaction/redact';
import { transcriptsCache } from './transcriptReading';

/** What a person may change of a correction. */
export interface CorrectionChanges {
  readonly agentType?: string;
  readonly correctionType?: CorrectionType;
  readonly severity?: Severity;
  readonly userCorrection?: string;
  readonly standingInstruction?: boolean;
}

/** What is to be forgotten: one correction, all of a session, or all before a time. */
export type ForgetRequest =
  | { readonly id: string }
  | { readonly sessionId: string }
  | { readonly before: Date };

type CurationPorts = Pick<
  Ports,
  'store' | 'audit' | 'clock' | 'cache' | 'hash' | 'log' | 'habitIndex' | 'access'
>;

/** What people do with captured corrections: change them, dismiss what is none, and forget them for good. */
export class CorrectionCuration {
  readonly #habits: Habits;

  constructor(
    readonly ports: CurationPorts,
    readonly configuration: Configuration,
  ) {
    this.#habits = new Habits(ports, configuration);
  }

  /** Changes a correction; what a person changed is never overwritten by an import. @throws PipelineError NOT_FOUND */
  async edit(id: string, changes: CorrectionChanges): Promise<Correction> {
    const { redactEmails: emails, redactHomeDirectories: homeDirectories, agentNames } = this.configuration;
    const redaction = new Redaction({ emails, homeDirectories });
    const { agentType, userCorrection, ...rest } = changes;
    const given = {
      ...rest,
      ...(agentType === undefined ? {} : { agentType: mapAgentName(agentType, agentNames) }),
      ...(userCorrection === undefined ? {} : { userCorrection: redaction.text(userCorrection.trim()) }),
    };
    return this.#change(id, 'correction.edited', (correction) => ({
      ...correction,
      ...given,
      redactions: correction.redactions + redaction.count,
      edited: this.#mark(correction, Object.keys(given), correction.edited?.dismissed ?? false),
    }));
  }

  /** Keeps the correction but leaves it out of every analysis. @throws PipelineError NOT_FOUND */
  async dismiss(id: string, reason?: string): Promise<Correction> {
    return this.#change(id, 'correction.dismissed', (correction) => ({
      ...correction,
      edited: this.#mark(correction, [], true, reason),
    }));
  }

  /** Takes a dismissal back. @throws PipelineError NOT_FOUND */
  async restore(id: string): Promise<Correction> {
    return this.#change(id, 'correction.restored', (correction) => ({
      ...correction,
      edited: this.#mark(correction, [], false),
    }));
  }

  /**
   * Takes corrections out of the log for good, with what other records quote of them, and keeps imports from bringing them
   * back. Says how many went. @throws PipelineError NOT_FOUND for an id that is not stored; PERMISSION_DENIED, STORAGE_FAILED:
   * nothing was forgotten
   */
  async forget(request: ForgetRequest): Promise<{ readonly correctionIds: readonly string[] }> {
    await this.ports.access?.require('corrections.forget');
    return this.#forget(request);
  }

  async #forget(request: ForgetRequest): Promise<{ readonly correctionIds: readonly string[] }> {
    const { store, audit, clock, cache } = this.ports;
    return store.exclusive(async () => {
      const { records } = await store.readLog('corrections');
      const going = records.filter((correction) => isMeant(correction, request));
      if ('id' in request && going.length === 0) throw unknown(request.id);
      const ids = new Set(going.map(({ correctionId }) => correctionId));
      const at = clock.now().toISOString();
      const mark = (kind: Forgotten['kind'], value: string) => ({ schemaVersion, kind, value, at }) as const;
      const rules = [...ids].map((id) => mark('id', id));
      if ('sessionId' in request) rules.push(mark('session', request.sessionId));
      if ('before' in request) rules.push(mark('before', request.before.toISOString()));
      await this.#habits.beforeForgetting(ids);
      await store.append('forgotten', rules);
      await store.forgetLines('corrections', ids);
      await forgetQuotes(store, ids);
      await cache.clear(transcriptsCache);
      await cache.clear(modelArea);
      const subject = 'id' in request ? request.id : 'sessionId' in request ? request.sessionId : at;
      await audit.record('corrections.forgotten', subject, { count: ids.size });
      return { correctionIds: [...ids] };
    });
  }

  /** Forgets what is older than `correctionRetentionDays`, where that is set: the configuration says so, whoever is at work. */
  async retain(): Promise<number> {
    const { correctionRetentionDays: days } = this.configuration;
    if (days === 0) return 0;
    const before = new Date(this.ports.clock.now().getTime() - days * 86_400_000);
    const { records } = await this.ports.store.readLog('corrections');
    if (!records.some((correction) => isMeant(correction, { before }))) return 0;
    return (await this.#forget({ before })).correctionIds.length;
  }

  #mark(
    { edited }: Correction,
    fields: readonly string[],
    dismissed: boolean,
    reason?: string,
  ): NonNullable<Correction['edited']> {
    return {
      at: this.ports.clock.now().toISOString(),
      fields: [...new Set([...(edited?.fields ?? []), ...fields])].sort(),
      dismissed,
      ...(reason === undefined ? {} : { reason: new Redaction().text(reason) }),
    };
  }

  async #change(id: string, action: string, change: (before: Correction) => Correction): Promise<Correction> {
    const { store, audit, access } = this.ports;
    await access?.require('corrections.change');
    return store.exclusive(async () => {
      const { records } = await store.readLog('corrections');
      const before = records.find(({ correctionId }) => correctionId === id);
      if (!before) throw unknown(id);
      const after = change(before);
      await store.append('corrections', [after]);
      const why = after.edited?.reason;
      const detail = { fields: after.edited?.fields ?? [] };
      await audit.record(action, id, detail, { before, after, ...(why === undefined ? {} : { why }) });
      await this.#habits.afterChange();
      return after;
    });
  }
}

function isMeant({ correctionId, sessionId, timestamp }: Correction, request: ForgetRequest): boolean {
  if ('id' in request) return correctionId === request.id;
  if ('sessionId' in request) return sessionId === request.sessionId;
  return Date.parse(timestamp) < request.before.getTime();
}

function unknown(id: string): PipelineError {
  return new PipelineError('NOT_FOUND', `There is no correction ${id}.`, {
    subject: id,
    remedy: 'List them with "corrections"; nothing was changed.',
  });
}

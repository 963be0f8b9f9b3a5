import { PipelineError } from '../errors';
import { schemaVersion } from '../model/common';
import type { Configuration } from '../model/configuration';
import type { Hunk, Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import type { Ports } from '../ports';
import { requireFor } from '../roles/access';
import { adoptPrompts } from '../templates/adoptPrompts';
import type { PromptTemplateManager } from '../templates/promptTemplateManager';
import { allOrNothing, type Transaction } from '../transaction/allOrNothing';
import { hunkText } from './applyHunks';
import { acceptHunk, findHunk, isOpen, rejectHunk, requireOpen, selectPending } from './decideHunks';
import { getImprovement } from './getImprovement';
import { type MarkSource, readMarkSources } from './promptMarks';
import { openStatus, reopenHunks, requireReopenable, setAside } from './reopenReview';
import { conflictsOf, type HunkConflict, readReviewBase } from './reviewBase';
import { type Settled, settleReview } from './settleReview';
import { type InterpretedEdits, interpretEdits } from './splitEdits';
import { readReviewTexts } from './workingCopy';

export interface AcceptOptions {
  /** Default: every pending hunk. */
  readonly hunkIds?: readonly string[];
  /**
   * What the person made of a hunk's `after`, by hunk id: whole lines, or empty to take the hunk's lines
   * away.
   */
  readonly edited?: Readonly<Record<string, string>>;
}

export interface RejectOptions {
  readonly hunkIds?: readonly string[];
  readonly reason?: string;
}

export interface ReviewState {
  readonly improvement: Improvement;
  /** Left side of the diff: the base version with the hunks accepted so far. */
  readonly currentText: string;
  /** Right side: the same with the pending hunks too, or the person's working copy of it. */
  readonly proposedText: string;
  /**
   * Pending hunks as they apply to `currentText`: its lines, and no heading that an accepted neighbour
   * brought already.
   */
  readonly pending: readonly Hunk[];
  /**
   * Pending hunks whose lines the prompt changed meanwhile, with what collides. While there is one, both sides show the prompt that the
   * improvement was made for.
   */
  readonly conflicts: readonly HunkConflict[];
}

/** The person's decisions about an improvement. Accepting makes a version and touches no agent's file. */
export class ImprovementReview {
  constructor(
    readonly ports: Pick<Ports, 'store' | 'audit' | 'clock' | 'hash' | 'log' | 'access'>,
    readonly configuration: Configuration,
    readonly templates: PromptTemplateManager,
  ) {}

  /** Improvements that hold pending hunks, newest first. */
  async pending(): Promise<readonly Improvement[]> {
    const { records } = await this.ports.store.list('improvements');
    return records
      .filter(({ status, hunks }) => isOpen(status) && hunks.some((hunk) => hunk.decision === 'pending'))
      .sort(
        (a, b) =>
          Date.parse(b.createdAt) - Date.parse(a.createdAt) || (a.improvementId < b.improvementId ? -1 : 1),
      );
  }

  /** @throws PipelineError NOT_FOUND */
  async show(improvementId: string): Promise<ReviewState> {
    const improvement = await getImprovement(this.ports.store, improvementId);
    const base = await readReviewBase(this.templates.context, improvement);
    const draft = await this.ports.store.get('reviewDrafts', improvementId);
    const { currentText, proposedText, pending } = readReviewTexts(base, improvement, draft);
    return { improvement, currentText, proposedText, pending, conflicts: conflictsOf(base, improvement) };
  }

  /**
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE, INVALID_INPUT, MERGE_CONFLICT (the prompt changed
   * meanwhile in the same lines)
   */
  async accept(
    improvementId: string,
    options: AcceptOptions,
  ): Promise<{ improvement: Improvement; version: TemplateVersion }> {
    const edited = new Map(Object.entries(options.edited ?? {}));
    const settled = await this.#decide(improvementId, 'review.accepted', async (improvement, now) => {
      const chosen = selectPending(improvement, options.hunkIds);
      for (const hunkId of edited.keys()) requireChosen(improvement, chosen, hunkId);
      const { baseText } = await readReviewBase(this.templates.context, improvement);
      return improvement.hunks.map((hunk) =>
        chosen.has(hunk.hunkId) ? acceptHunk(hunk, edited.get(hunk.hunkId), baseText, now) : hunk,
      );
    });
    const { improvement, version } = settled;
    if (version) return { improvement, version };
    throw new PipelineError('ILLEGAL_STATE', `Improvement ${improvementId} has no hunk to accept.`, {
      subject: improvementId,
      remedy: 'Run the improvement again.',
    });
  }

  /**
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE; MERGE_CONFLICT when this ends the review and the accepted
   * hunks no longer fit
   */
  async reject(improvementId: string, options: RejectOptions): Promise<Improvement> {
    const settled = await this.#decide(improvementId, 'review.rejected', async (improvement, now) => {
      const chosen = selectPending(improvement, options.hunkIds);
      return improvement.hunks.map((hunk) =>
        chosen.has(hunk.hunkId) ? rejectHunk(hunk, options.reason, now) : hunk,
      );
    });
    return settled.improvement;
  }

  /**
   * Takes a decision back: the hunk is pending again; without `hunkId` every decided one that was not moved. A finished review goes on
   * by that, while its version is not deployed.
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE
   */
  async reopen(improvementId: string, hunkId?: string): Promise<Improvement> {
    const { improvement } = await this.ports.store.exclusive(async () => {
      const improvement = await getImprovement(this.ports.store, improvementId);
      await requireFor(this.ports, 'review.decide', improvement.templateId);
      const hunks = reopenHunks(improvement, hunkId);
      if (isOpen(improvement.status)) return this.#settle(improvement, hunks, 'review.reopened');
      const { context } = this.templates;
      const version = await requireReopenable(context, improvement);
      const open: Improvement = { ...improvement, status: openStatus(improvement, this.configuration) };
      return this.#settle(open, hunks, 'review.reopened', async (transaction) => {
        if (version !== undefined) await setAside(context, transaction, version);
      });
    });
    return improvement;
  }

  /**
   * Ends the review: pending hunks stay out (rejected, with that reason), and the draft pre-release becomes
   * the version.
   */
  async finish(
    improvementId: string,
  ): Promise<{ improvement: Improvement; version: TemplateVersion | undefined }> {
    const reason = 'not taken when the review was finished';
    return this.#decide(improvementId, 'review.finished', async ({ hunks }, now) =>
      hunks.map((hunk) => (hunk.decision === 'pending' ? rejectHunk(hunk, reason, now) : hunk)),
    );
  }

  /**
   * The hunks that wait in a prompt, and those whose lines are in force; `placeMarks` finds them in a text.
   * @throws PipelineError NOT_FOUND
   */
  async markSources(templateId: string): Promise<readonly MarkSource[]> {
    return readMarkSources(this.templates.context, templateId);
  }

  /**
   * Keeps the person's own edits of the proposed text until they decide.
   * @throws PipelineError NOT_FOUND, ILLEGAL_STATE
   */
  async saveDraft(improvementId: string, text: string): Promise<void> {
    await this.ports.store.exclusive(async () => {
      const { store, clock, audit } = this.ports;
      const improvement = await getImprovement(store, improvementId);
      await requireFor(this.ports, 'review.draft', improvement.templateId);
      requireOpen(improvement);
      const before = (await store.get('reviewDrafts', improvementId)) ?? null;
      const after = { schemaVersion, improvementId, text, updatedAt: clock.now().toISOString() } as const;
      await store.put('reviewDrafts', after);
      if (before?.text === text) return;
      await audit.record('review.draft-saved', improvementId, {}, { before, after });
    });
  }

  /**
   * Reads the right side of the diff as decisions: `after` of an edited hunk is what `accept` takes as
   * `edited`.
   */
  async interpret(improvementId: string, editedText: string): Promise<InterpretedEdits> {
    const { improvement, currentText, pending } = await this.show(improvementId);
    const { hunks, editsElsewhere } = interpretEdits(currentText, pending, editedText);
    const lifted = hunks.map((edit) => {
      const placed = pending.find((hunk) => hunk.hunkId === edit.hunkId);
      if (edit.after === undefined || !placed) return edit;
      const whole = hunkText(findHunk(improvement.hunks, edit.hunkId, improvementId));
      return { ...edit, after: whole.slice(0, whole.length - placed.after.length) + edit.after };
    });
    return { hunks: lifted, editsElsewhere };
  }

  /**
   * Decides under the workspace's lock; the prompt files are looked at first, so that an outside edit is
   * built upon.
   */
  #decide(
    improvementId: string,
    action: string,
    decide: (improvement: Improvement, now: string) => Promise<readonly Hunk[]>,
  ): Promise<Settled> {
    return this.ports.store.exclusive(async () => {
      const improvement = await getImprovement(this.ports.store, improvementId);
      await requireFor(this.ports, 'review.decide', improvement.templateId);
      requireOpen(improvement);
      const hunks = await decide(improvement, this.ports.clock.now().toISOString());
      return this.#settle(improvement, hunks, action);
    });
  }

  async #settle(
    improvement: Improvement,
    hunks: readonly Hunk[],
    action: string,
    before: (transaction: Transaction) => Promise<void> = async () => undefined,
  ): Promise<Settled> {
    const { context } = this.templates;
    const former = await readReviewBase(context, improvement);
    await adoptPrompts(context);
    return allOrNothing(
      context.ports,
      { what: action, subject: improvement.improvementId },
      async (transaction) => {
        await before(transaction);
        return settleReview(context, transaction, { improvement, hunks: [...hunks], former, action });
      },
    );
  }
}

function requireChosen(improvement: Improvement, chosen: ReadonlySet<string>, hunkId: string): void {
  findHunk(improvement.hunks, hunkId, improvement.improvementId);
  if (chosen.has(hunkId)) return;
  throw new PipelineError('INVALID_INPUT', `Hunk ${hunkId} was edited but is not among those accepted.`, {
    subject: `${improvement.improvementId}/${hunkId}`,
    remedy: 'Accept it too, or leave its text out; nothing was decided.',
  });
}

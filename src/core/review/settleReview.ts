import { schemaVersion } from '../model/common';
import type { Hunk, Improvement } from '../model/improvement';
import type { TemplateVersion } from '../model/template';
import type { TemplateContext } from '../templates/templateRecords';
import type { Transaction } from '../transaction/allOrNothing';
import { recordMetrics, recordPatternDecisions } from './recordOutcome';
import { type ReviewBase, readReviewBase } from './reviewBase';
import { archiveDraft, makeReviewVersion } from './reviewVersion';
import { carryEdits, readReviewTexts } from './workingCopy';

export interface Settled {
  readonly improvement: Improvement;
  /** Draft or, at the end of the review, approved; undefined while nothing is accepted. */
  readonly version: TemplateVersion | undefined;
}

export interface SettleInput {
  /** As it was before the decision. */
  readonly improvement: Improvement;
  /** Its hunks after it. */
  readonly hunks: Hunk[];
  /** What the review stood on before the prompt files were looked at. */
  readonly former: ReviewBase;
  readonly action: string;
}

/**
 * Brings version, improvement, decisions, figures and working copy in line with the hunks. The review ends
 * when none is pending.
 */
export async function settleReview(
  context: TemplateContext,
  transaction: Transaction,
  { improvement, hunks, former, action }: SettleInput,
): Promise<Settled> {
  const { improvementId, templateId } = improvement;
  const base = await readReviewBase(context, improvement);
  const accepted = hunks.filter((hunk) => hunk.decision === 'accepted');
  const finished = hunks.every((hunk) => hunk.decision !== 'pending');

  const version =
    accepted.length === 0
      ? undefined
      : await makeReviewVersion(context, transaction, base, improvement, accepted, finished);
  await archiveDraft(transaction, base, improvement, version);
  const { version: _, ...rest } = improvement;
  const decided: Improvement = {
    ...rest,
    hunks,
    status: finished ? outcomeOf(hunks) : improvement.status,
    ...(version ? { version: version.version } : {}),
  };
  await transaction.put('improvements', decided);
  await recordPatternDecisions(context.ports, transaction, decided);
  await recordMetrics(context.ports, transaction, templateId);
  await keepWorkingCopy(context, transaction, former, base, improvement, decided, finished);
  const detail = {
    templateId,
    accepted: accepted.map((hunk) => hunk.hunkId),
    rejected: hunks.filter((hunk) => hunk.decision === 'rejected').map((hunk) => hunk.hunkId),
    status: decided.status,
    ...(version ? { version: version.version, contentHash: version.contentHash } : {}),
  };
  const why = newReasons(improvement.hunks, hunks);
  await context.ports.audit.record(action, improvementId, detail, {
    before: improvement,
    after: decided,
    why,
  });
  return { improvement: decided, version };
}

/** What was given as the reason of the decisions that are new. */
function newReasons(before: readonly Hunk[], after: readonly Hunk[]): string {
  const known = new Map(before.map((hunk) => [hunk.hunkId, hunk.decisionReason]));
  const reasons = after.flatMap(({ hunkId, decisionReason }) =>
    decisionReason === undefined || known.get(hunkId) === decisionReason ? [] : [decisionReason],
  );
  return [...new Set(reasons)].join('; ');
}

function outcomeOf(hunks: readonly Hunk[]): Improvement['status'] {
  if (hunks.every((hunk) => hunk.decision === 'accepted')) return 'accepted';
  return hunks.some((hunk) => hunk.decision === 'accepted') ? 'partly-accepted' : 'rejected';
}

async function keepWorkingCopy(
  { ports }: TemplateContext,
  transaction: Transaction,
  former: ReviewBase,
  base: ReviewBase,
  improvement: Improvement,
  decided: Improvement,
  finished: boolean,
): Promise<void> {
  const { improvementId } = improvement;
  const draft = await ports.store.get('reviewDrafts', improvementId);
  if (!finished) {
    const before = readReviewTexts(former, improvement, draft);
    const text = carryEdits(before, readReviewTexts(base, decided, undefined));
    const updatedAt = ports.clock.now().toISOString();
    await transaction.put('reviewDrafts', { schemaVersion, improvementId, text, updatedAt });
    return;
  }
  if (!draft) return;
  await transaction.remove('reviewDrafts', improvementId);
}

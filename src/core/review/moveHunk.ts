import { PipelineError } from '../errors';
import { composeImprovement } from '../improve/composeImprovement';
import type { MoveContext } from '../improve/scope/moveContext';
import { conditionOfRule, movedHunk, ruleOfHunk } from '../improve/scope/movedRule';
import { type MoveTarget, resolveTarget } from '../improve/scope/moveTarget';
import { openFor } from '../improve/scope/openFor';
import { scopeKindOf } from '../improve/scope/scopeKind';
import { schemaVersion } from '../model/common';
import type { Hunk, Improvement } from '../model/improvement';
import type { Template } from '../model/template';
import { kindOf } from '../prompt/kinds/kindOf';
import { requireFor } from '../roles/access';
import { removeNewPrompt } from '../templates/newPrompt';
import { getTemplate } from '../templates/templateRecords';
import { allOrNothing, type Transaction } from '../transaction/allOrNothing';
import { applyHunks } from './applyHunks';
import { findHunk, isOpen, rejectHunk, reopenHunk, requireOpen } from './decideHunks';
import { getImprovement } from './getImprovement';
import { recordMetrics, recordPatternDecisions } from './recordOutcome';
import { type ReviewBase, readReviewBase } from './reviewBase';
import { settleReview } from './settleReview';

export interface Moved {
  /** The improvement that the hunk was in, as it is now. */
  readonly from: Improvement;
  /** The one that it is in now, pending. */
  readonly to: Improvement;
  readonly hunkId: string;
  readonly template: Template;
}

export interface MoveOptions {
  /** Leave the hunk where it is too, for another tool's prompt. */
  readonly copy?: boolean;
}

/**
 * Takes a pending hunk out of its improvement and proposes its rule for another prompt, in the words that it needs there. Touches no
 * agent's file: one that is not there yet is made by the first deployment. Moving it to where it came from restores it as it was.
 * @throws PipelineError NOT_FOUND, ILLEGAL_STATE (decided, or the target says so already), INVALID_INPUT (a hunk that is about its own
 * prompt alone, or no such target), UNSAFE_NAME
 */
export async function moveHunk(
  context: MoveContext,
  improvementId: string,
  hunkId: string,
  target: MoveTarget,
  { copy = false }: MoveOptions = {},
): Promise<Moved> {
  const { store } = context.ports;
  return store.exclusive(async () => {
    const improvement = await getImprovement(store, improvementId);
    await requireFor(context.ports, 'review.decide', improvement.templateId);
    requireOpen(improvement);
    const hunk = findHunk(improvement.hunks, hunkId, improvementId);
    if (hunk.decision !== 'pending') throw decided(hunk);
    return allOrNothing(
      context.ports,
      { what: 'review.moved', subject: improvementId },
      async (transaction) => {
        const former = await readReviewBase(context.templates.context, improvement);
        const source = await getTemplate(context.templates.context, improvement.templateId);
        const condition = conditionOfRule(ruleOfHunk(hunk) ?? '', source.path, former.baseText);
        const template = await resolveTarget(context, transaction, { target, improvement, hunk, condition });
        if (template.templateId === source.templateId) throw sameTarget(source);
        await context.ports.access?.require('improvements.propose', template);
        const origin = copy ? undefined : await originOf(context, improvement, hunk, template);
        if (origin !== undefined) {
          return moveBack(context, transaction, { origin, improvement, former, hunk, template, source });
        }
        const to = await receive(context, transaction, { improvement, hunk, condition, source, template });
        const from = copy
          ? improvement
          : await release(context, transaction, { improvement, former, hunk, template, to });
        return { from, to, hunkId, template };
      },
    );
  });
}

function decided({ hunkId, decision, movedTo }: Hunk): PipelineError {
  const what = movedTo === undefined ? decision : `moved to ${movedTo.templateId}`;
  return new PipelineError('ILLEGAL_STATE', `Hunk ${hunkId} was ${what} already.`, {
    subject: hunkId,
    remedy: 'Reopen it, or move it from the prompt that it is in now; nothing was changed.',
  });
}

function sameTarget({ path, templateId }: Template): PipelineError {
  return new PipelineError('INVALID_INPUT', `The hunk is proposed for ${path} already.`, {
    subject: templateId,
    remedy: 'Name another prompt; nothing was changed.',
  });
}

/** The improvement that a hunk was moved out of, where it can be put back there. */
async function originOf(
  { ports }: MoveContext,
  improvement: Improvement,
  { hunkId }: Hunk,
  template: Template,
): Promise<Improvement | undefined> {
  const { records } = await ports.store.list('improvements');
  return records.find(
    ({ templateId, status, hunks }) =>
      templateId === template.templateId &&
      (isOpen(status) || (status === 'superseded' && hunks.every((each) => each.movedTo !== undefined))) &&
      hunks.some(
        (each) => each.hunkId === hunkId && each.movedTo?.improvementId === improvement.improvementId,
      ),
  );
}

interface Receiving {
  readonly improvement: Improvement;
  readonly hunk: Hunk;
  readonly condition: string | undefined;
  readonly source: Template;
  readonly template: Template;
}

async function receive(
  context: MoveContext,
  transaction: Transaction,
  { improvement, hunk, condition, source, template }: Receiving,
): Promise<Improvement> {
  const kind = kindOf(template.path);
  const rule = ruleOfHunk(hunk);
  if (kind === undefined || rule === undefined) throw notMovable(hunk, template, kind === undefined);
  const version = template.deployedVersion ?? template.currentVersion;
  const base = await context.templates.versionText(template.templateId, version);
  const made = movedHunk({
    hunk,
    rule,
    condition,
    from: source.path,
    to: { path: template.path, kind, text: base.text },
    scope: { kind: scopeKindOf(template.path), reason: `You moved it here from ${source.path}.` },
  });
  if (typeof made === 'string') {
    throw new PipelineError('ILLEGAL_STATE', `The rule was not moved: ${made}.`, {
      subject: template.path,
      remedy: 'Reject the hunk if that is enough, or move it elsewhere; nothing was changed.',
    });
  }
  const open = await openFor(context, improvement, template, base.version.contentHash, made);
  const action = 'review.received';
  if (open !== undefined) {
    const { validation: _, ...unvalidated } = open;
    const former = await readReviewBase(context.templates.context, open);
    const hunks = [...open.hunks, made].sort((a, b) => a.startLine - b.startLine);
    const settled = await settleReview(context.templates.context, transaction, {
      improvement: unvalidated,
      hunks,
      former,
      action,
    });
    return settled.improvement;
  }
  const { hash, clock, store } = context.ports;
  const parts = hunk.confidenceParts ?? improvement.confidenceParts;
  const frame = {
    status: improvement.status === 'draft' ? ('draft' as const) : ('proposed' as const),
    templateId: template.templateId,
    agentType: improvement.agentType,
    baseVersion: version,
    baseHash: base.version.contentHash,
    createdAt: clock.now().toISOString(),
  };
  for (let round = 0; ; round++) {
    const next = composeImprovement([{ hunk: made, parts }], { ...frame, round }, hash);
    if ((await store.get('improvements', next.improvementId)) !== undefined) continue;
    await keep(context, transaction, next, base.text);
    return next;
  }
}

async function keep(
  { ports }: MoveContext,
  transaction: Transaction,
  improvement: Improvement,
  base: string,
): Promise<void> {
  const { improvementId, templateId, hunks, createdAt, status, baseHash } = improvement;
  await transaction.put('improvements', improvement);
  const text = applyHunks(base, hunks);
  await transaction.put('reviewDrafts', { schemaVersion, improvementId, text, updatedAt: createdAt });
  await recordPatternDecisions(ports, transaction, improvement);
  await recordMetrics(ports, transaction, templateId);
  const hunkIds = hunks.map((hunk) => hunk.hunkId);
  const detail = { templateId, status, baseHash, hunkIds };
  await ports.audit.record('improvement.proposed', improvementId, detail, {
    before: null,
    after: improvement,
  });
}

function notMovable({ hunkId }: Hunk, { path }: Template, unknown: boolean): PipelineError {
  const why = unknown ? `${path} is no prompt of a known kind` : 'it is not the addition of one rule';
  return new PipelineError('INVALID_INPUT', `Hunk ${hunkId} cannot be moved: ${why}.`, {
    subject: hunkId,
    remedy: 'Accept or reject it where it is; nothing was changed.',
  });
}

interface Releasing {
  readonly improvement: Improvement;
  readonly former: ReviewBase;
  readonly hunk: Hunk;
  readonly template: Template;
  readonly to: Improvement;
}

/** Marks the hunk as moved. The review of an improvement that holds nothing else is over. */
async function release(
  { ports, templates }: MoveContext,
  transaction: Transaction,
  { improvement, former, hunk: { hunkId }, template: { path, templateId }, to }: Releasing,
): Promise<Improvement> {
  const now = ports.clock.now().toISOString();
  const movedTo = { templateId, improvementId: to.improvementId };
  const hunks = improvement.hunks.map((each) =>
    each.hunkId === hunkId ? { ...rejectHunk(each, `moved to ${path}`, now), movedTo } : each,
  );
  const input = { improvement, hunks, former, action: 'review.moved' };
  const settled = await settleReview(templates.context, transaction, input);
  if (!hunks.every((each) => each.movedTo !== undefined)) return settled.improvement;
  const over: Improvement = { ...settled.improvement, status: 'superseded' };
  await transaction.put('improvements', over);
  return over;
}

interface MovingBack {
  readonly origin: Improvement;
  readonly improvement: Improvement;
  readonly former: ReviewBase;
  readonly hunk: Hunk;
  readonly template: Template;
  readonly source: Template;
}

async function moveBack(
  { ports, templates }: MoveContext,
  transaction: Transaction,
  { origin, improvement, former, hunk: { hunkId }, template, source }: MovingBack,
): Promise<Moved> {
  const action = 'review.moved-back';
  const left = improvement.hunks.filter((each) => each.hunkId !== hunkId);
  let from: Improvement = { ...improvement, hunks: left, status: 'superseded' };
  if (left.length > 0) {
    const input = { improvement, hunks: left, former, action };
    from = (await settleReview(templates.context, transaction, input)).improvement;
  } else {
    await transaction.remove('improvements', improvement.improvementId);
    await transaction.remove('reviewDrafts', improvement.improvementId);
    await recordMetrics(ports, transaction, source.templateId);
  }
  const hunks = origin.hunks.map((each) => {
    if (each.hunkId !== hunkId) return each;
    const { movedTo: _, ...rest } = reopenHunk(each);
    return rest;
  });
  // The improvement that took it in has the status that this one had.
  const open = isOpen(origin.status) ? origin : { ...origin, status: improvement.status };
  const before = await readReviewBase(templates.context, open);
  const input = { improvement: open, hunks, former: before, action };
  const settled = await settleReview(templates.context, transaction, input);
  if (left.length === 0) await removeNewPrompt(templates.context, source, transaction);
  return { from, to: settled.improvement, hunkId, template };
}

import { schemaVersion } from '../model/common';
import type { Decision, Hunk, Improvement, PatternDecision } from '../model/improvement';
import type { Ports } from '../ports';
import type { Transaction } from '../transaction/allOrNothing';
import { acceptedTokenDelta } from './decideHunks';

type RecordPorts = Pick<Ports, 'store' | 'clock'>;

/**
 * Keeps for each pattern what was decided about it, and how many moments it rested on then: more of them is
 * new evidence.
 */
export async function recordPatternDecisions(
  { store, clock }: RecordPorts,
  transaction: Transaction,
  { improvementId, hunks }: Improvement,
): Promise<void> {
  // What was moved to another prompt is decided there.
  const own = hunks.filter((hunk) => hunk.movedTo === undefined);
  for (const patternId of [...new Set(own.flatMap((hunk) => hunk.patternIds))].sort()) {
    const about = own.filter((hunk) => hunk.patternIds.includes(patternId));
    const state = stateOf(about.map((hunk) => hunk.decision));
    const known = await store.get('patternDecisions', patternId);
    if (known?.state === state && known.improvementIds.includes(improvementId)) continue;
    const pattern = await store.get('patterns', patternId);
    await transaction.put('patternDecisions', {
      schemaVersion,
      patternId,
      state,
      improvementIds: [...new Set([...(known?.improvementIds ?? []), improvementId])],
      decidedAt: clock.now().toISOString(),
      memberIds: pattern?.memberIds ?? known?.memberIds ?? correctionsBehind(about),
    });
  }
}

function stateOf(decisions: readonly Decision[]): PatternDecision['state'] {
  if (decisions.includes('accepted')) return 'addressed';
  return decisions.includes('pending') ? 'proposed' : 'rejected';
}

/** For a draft that rests on single moments there is no pattern record. */
function correctionsBehind(hunks: readonly Hunk[]): string[] {
  return [...new Set(hunks.flatMap((hunk) => hunk.evidence.map((each) => each.correctionId)))].sort();
}

/**
 * Counts a template's decided hunks anew from its improvements, so that the figures cannot drift from the
 * records.
 */
export async function recordMetrics(
  { store, clock }: RecordPorts,
  transaction: Transaction,
  templateId: string,
): Promise<void> {
  const { records } = await store.list('improvements');
  const hunks = records.filter((each) => each.templateId === templateId).flatMap((each) => each.hunks);
  const accepted = hunks.filter((hunk) => hunk.decision === 'accepted');
  const known = await store.get('improvementMetrics', templateId);
  await transaction.put('improvementMetrics', {
    schemaVersion,
    templateId,
    proposed: Math.max(known?.proposed ?? 0, hunks.length),
    accepted: accepted.length,
    edited: accepted.filter((hunk) => hunk.editedAfter !== undefined).length,
    rejected: hunks.filter((hunk) => hunk.decision === 'rejected' && hunk.movedTo === undefined).length,
    rolledBack: known?.rolledBack ?? 0,
    tokenDelta: accepted.reduce((sum, hunk) => sum + acceptedTokenDelta(hunk), 0),
    updatedAt: clock.now().toISOString(),
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Correction } from '../../../src/core/model/correction';
import type { Cluster } from '../../../src/core/model/pattern';
import { correction } from './corrections';
import { leastPure, mainLabel } from './plantedThemes';

/** Turns of three projects with the recurring rules that each expresses; kept beside the project, not in it. */
const file = join(import.meta.dirname, '../../../../shared/data/recurring-rules.jsonl');

export const hasHistories = existsSync(file);

const turnSchema = z.object({
  id: z.string(),
  repo: z.string(),
  session: z.string(),
  text: z.string(),
  rules: z.array(z.string()),
});
export type LabelledTurn = z.infer<typeof turnSchema>;

/** Turns by project; empty where the file is not there. */
export function readHistories(): Map<string, LabelledTurn[]> {
  const histories = new Map<string, LabelledTurn[]>();
  if (!hasHistories) return histories;
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const turn = turnSchema.parse(JSON.parse(line));
    histories.set(turn.repo, [...(histories.get(turn.repo) ?? []), turn]);
  }
  return histories;
}

/** One project's turns, as the fixture has them. */
export function readSmallHistory(): LabelledTurn[] {
  const schema = z.object({
    rules: z.array(z.string()),
    turns: z.array(z.object({ session: z.string(), text: z.string(), rules: z.array(z.number()) })),
  });
  const path = join(import.meta.dirname, '../../fixtures/recurring-rules/chef-chopsky.json');
  const { rules, turns } = schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  return turns.map((turn, index) => ({
    id: `turn-${index}`,
    repo: 'chef-chopsky',
    session: turn.session,
    text: turn.text,
    rules: turn.rules.flatMap((rule) => rules[rule] ?? []),
  }));
}

/** The turns as corrections of one agent within one month. */
export function correctionsOf(turns: readonly LabelledTurn[]): Correction[] {
  return turns.map(({ id, session, text }, index) =>
    correction(text, (index / turns.length) * 28, { correctionId: id, sessionId: session }),
  );
}

export interface JudgedGroup {
  readonly confidence: number;
  readonly sessions: number;
  readonly size: number;
  /** The rule that at least 60% of the members express. */
  readonly rule: string | undefined;
}

/** Are the groups right, by the rules that their members express? */
export function judge(
  turns: readonly Pick<LabelledTurn, 'id' | 'rules'>[],
  clusters: readonly Cluster[],
): JudgedGroup[] {
  const rulesOf = new Map(turns.map(({ id, rules }) => [id, rules]));
  return clusters.map(({ memberIds, confidence, sessions }) => {
    const [rule, count] = mainLabel(memberIds.flatMap((id) => [...new Set(rulesOf.get(id) ?? [])]));
    const right = count >= leastPure * memberIds.length;
    return { confidence, sessions, size: memberIds.length, rule: right ? rule : undefined };
  });
}

const leastTurns = 3;
const leastSessions = 3;

/** Precision of the groups of three turns in three sessions or more; share of rules in three sessions that have a right one. */
export function quality(
  turns: readonly LabelledTurn[],
  groups: readonly JudgedGroup[],
): { groups: number; precision: number; recall: number } {
  const counted = groups.filter(({ size, sessions }) => size >= leastTurns && sessions >= leastSessions);
  const sessionsOf = new Map<string, Set<string>>();
  for (const { rules, session } of turns)
    for (const rule of rules) sessionsOf.set(rule, (sessionsOf.get(rule) ?? new Set()).add(session));
  const wanted = [...sessionsOf].filter(([, sessions]) => sessions.size >= leastSessions);
  const right = counted.filter(({ rule }) => rule !== undefined);
  const found = new Set(right.map(({ rule }) => rule));
  return {
    groups: counted.length,
    precision: right.length / Math.max(1, counted.length),
    recall: wanted.filter(([rule]) => found.has(rule)).length / Math.max(1, wanted.length),
  };
}

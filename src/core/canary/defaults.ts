import type { DecisionRule, ExperimentStage } from '../model/experiment';

/** What holds where nothing else is asked for. */
export const defaultRule: DecisionRule = {
  goal: 'superiority',
  alpha: 0.05,
  ratioAlpha: 0.01,
  shareMargin: 0.1,
  costMargin: 0.2,
  mostSessions: 1000,
  mostDays: 60,
  settleMinutes: 30,
};

/**
 * `sessions` counts sessions with the candidate, after which the next stage begins. 0 at the last share below 1: it stays until the decision;
 * all sessions get the candidate only after that.
 */
export const defaultStages: readonly ExperimentStage[] = [
  { share: 0.1, sessions: 10 },
  { share: 0.5, sessions: 0 },
  { share: 1, sessions: 0 },
];

/** Claude Code gives the model no more than 10,000 characters of what a hook adds; more would become a preview. */
export const mostAddedCharacters = 9_000;

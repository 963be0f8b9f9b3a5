import { groupBy } from '../groupBy';
import type { Correction } from '../model/correction';
import { splitSessions } from '../validate/heldOut';
import type { SuiteScenario } from './scenarioSuite';

/** Words of a task beyond these are left out: what was corrected is near its beginning. */
const mostCharacters = 4000;

function shortened(text: string): string {
  const flat = text.trim();
  return flat.length <= mostCharacters ? flat : `${flat.slice(0, mostCharacters)}…`;
}

/** Instructions that stand in a correction are quoted to the judge as data. */
function rubricFor({ userCorrection }: Correction): string {
  return `A person had to say this to an agent that was given the same task: ${JSON.stringify(shortened(userCorrection))}. The answer does from the start what they wanted there, so that they would not have to say it.`;
}

export interface DraftedSuite {
  readonly scenarios: readonly SuiteScenario[];
  /** Held-out corrections whose task is not known, or that ask for nothing that a text could do. */
  readonly left: number;
}

/**
 * Scenarios from the corrections of the newest third of the sessions, which no proposed edit was made from: the task that the person had
 * set, judged by what they had to say about it. A draft for a person to look through: what was said of a running program cannot be
 * judged from an answer alone.
 */
export function draftSuite(corrections: readonly Correction[]): DraftedSuite {
  // An agent's edits are made from its own corrections, and split by those.
  const heldOut = [...groupBy(corrections, ({ agentType }) => agentType.toLowerCase()).values()].flatMap(
    (own) => {
      const { training } = splitSessions(own);
      return own.filter(({ sessionId }) => !training.has(sessionId));
    },
  );
  const scenarios = heldOut.flatMap((correction): SuiteScenario[] => {
    const { correctionId, taskDescription = '', correctionType, severity, agentType } = correction;
    if (taskDescription.trim() === '' || correction.userCorrection.trim() === '') return [];
    return [
      {
        id: correctionId,
        task: shortened(taskDescription),
        checks: [{ type: 'judge', value: rubricFor(correction) }],
        tags: [agentType, correctionType, severity],
        origin: 'correction',
      },
    ];
  });
  return { scenarios, left: heldOut.length - scenarios.length };
}

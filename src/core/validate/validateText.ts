import { sameAgent } from '../model/agentType';
import type { Configuration } from '../model/configuration';
import type { Correction } from '../model/correction';
import type { Pattern } from '../model/pattern';
import type { Hash } from '../ports';
import { assess } from './assess';
import { isJudgeable, membership, selectCases } from './cases';
import { drawRule, tokensOf } from './placebo';
import { judgePrompt, newInstructions } from './staticJudge';
import type { Validated } from './validateImprovement';
import { reportIdOf, reportOf } from './validationRecords';

export interface PromptInput {
  /** The prompt in question, and the one that is deployed. */
  readonly text: string;
  readonly deployed: string;
  readonly agentType: string;
  /** Of all agents: the agent's own are the scenarios, the others' words serve as placebo. */
  readonly corrections: readonly Correction[];
  readonly patterns: readonly Pattern[];
  readonly configuration: Configuration;
  readonly createdAt: string;
}

const notHeldOut =
  'Not held out: the author may have known these corrections, so the figures flatter a text that was written from them.';

/** Quick check of a whole prompt against the deployed one, on all stored corrections of the agent. Pure. */
export function validateText(input: PromptInput, hash: Hash): Validated {
  const { text, deployed, agentType, corrections, configuration, createdAt } = input;
  const cases = selectCases({
    corrections: corrections.filter((correction) => sameAgent(correction.agentType, agentType)),
    patternOf: membership(input.patterns),
    isAddressed: () => true,
  });
  const [a, b] = [judgePrompt(deployed), judgePrompt(text)];
  const contentHash = hash.sha256(text);
  const added = newInstructions(a, b).flatMap(tokensOf).length;
  const others = corrections.filter(
    (correction) => !sameAgent(correction.agentType, agentType) && isJudgeable(correction),
  );
  const rule = drawRule(others, added, contentHash, hash);
  const reportId = reportIdOf(['prompt', agentType, hash.sha256(deployed), contentHash], cases, hash);
  const assessment = assess({
    cases,
    a,
    b,
    placebo: rule === '' ? 'not-asked' : judgePrompt(`${deployed}\n\n- ${rule}\n`),
    mustShowNonInferiority: false,
    abTestId: `ab-${reportId}`,
    createdAt,
    configuration,
  });
  const report = reportOf({
    reportId: `report-${reportId}`,
    improvementId: null,
    agentType,
    assessment,
    notes: [notHeldOut],
    placeboText: rule === '' ? null : rule,
    heldOut: { trainingSessions: 0, heldOutSessions: 0, splitAt: null },
    createdAt,
  });
  return { report, cases, outcomes: assessment.outcomes };
}

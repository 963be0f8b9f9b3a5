import type { CorrectionChanges } from '../../core/capture/correctionCuration';
import type { Correction } from '../../core/model/correction';
import { typeName } from '../corrections/words';
import { askAgent, askSeverity, askStanding, askType, askWords, inPick } from './fields';
import { type FormRow, fillIn } from './form';

const title = 'Edit Correction';

type Edited = Required<CorrectionChanges>;

/** What the person changed of a correction; `undefined` when they left the form. */
export async function askChanges(
  correction: Correction,
  agents: readonly string[],
): Promise<CorrectionChanges | undefined> {
  const { agentType, correctionType, severity, userCorrection, standingInstruction } = correction;
  const before: Edited = { agentType, correctionType, severity, userCorrection, standingInstruction };
  const after: { -readonly [K in keyof Edited]: Edited[K] } = { ...before };

  const row = (label: string, key: keyof Edited, change: () => Promise<void>): FormRow => ({
    label,
    ...(after[key] !== before[key] && { description: 'changed' }),
    change,
  });
  const rows = (): readonly FormRow[] => [
    row(`Agent: ${inPick(after.agentType)}`, 'agentType', async () => {
      after.agentType = (await askAgent(agents, after.agentType)) ?? after.agentType;
    }),
    row(`Type: ${typeName(after.correctionType)}`, 'correctionType', async () => {
      after.correctionType = (await askType(after.correctionType)) ?? after.correctionType;
    }),
    row(`Severity: ${after.severity}`, 'severity', async () => {
      after.severity = (await askSeverity(after.severity)) ?? after.severity;
    }),
    row(`Words: ${inPick(after.userCorrection) || 'none'}`, 'userCorrection', async () => {
      after.userCorrection = (await askWords(title, after.userCorrection, 'kept')) ?? after.userCorrection;
    }),
    row(
      `Standing instruction: ${after.standingInstruction ? 'yes' : 'no'}`,
      'standingInstruction',
      async () => {
        after.standingInstruction =
          (await askStanding(after.standingInstruction)) ?? after.standingInstruction;
      },
    ),
  ];
  if (!(await fillIn(title, 'Save', rows))) return undefined;
  return changesBetween(before, after);
}

function changesBetween(before: Edited, after: Edited): CorrectionChanges {
  const { agentType, correctionType, severity, userCorrection, standingInstruction } = after;
  return {
    ...(agentType !== before.agentType && { agentType }),
    ...(correctionType !== before.correctionType && { correctionType }),
    ...(severity !== before.severity && { severity }),
    ...(userCorrection !== before.userCorrection && { userCorrection }),
    ...(standingInstruction !== before.standingInstruction && { standingInstruction }),
  };
}

import { judgeMessage, messageThresholds } from '../../capture/message/messageClassifier';
import { redact } from '../../capture/redaction/redact';
import type { HealthCheck } from '../healthCheck';

/** A message that plainly corrects, one that does not, and a text with a key of no service. */
const correcting = 'No, that is wrong. Never mock the database in these tests, use the fixture.';
const asking = 'Add a button to the settings page.';
const secret = `AKIA${'Q3EGRIUTMDEVNS47'}`;
const dayInMilliseconds = 86_400_000;

function works(): boolean {
  const words = { after: undefined, previousAgentOutput: 'I mocked the database in the tests.' };
  const { count, text } = redact(`aws_access_key_id = ${secret}`);
  return (
    judgeMessage(correcting, words).likelihood >= messageThresholds.words &&
    judgeMessage(asking, words).likelihood < messageThresholds.words &&
    count === 1 &&
    !text.includes(secret)
  );
}

export const correctionCaptureCheck: HealthCheck = {
  name: 'CorrectionCapture',
  checkedBy:
    'judged a message that corrects and one that does not, took a planted key out of a text, read the corrections',
  async run({ records, ports: { clock } }) {
    if (!works()) {
      return {
        status: 'failing',
        detail: 'A known correction was not recognised, or a planted key was not taken out.',
      };
    }
    const corrections = (await records.log('corrections')).records;
    if (corrections.length === 0) return { status: 'unknown', detail: 'No corrections were imported yet.' };
    const newest = corrections.reduce((latest, { timestamp }) => Math.max(latest, Date.parse(timestamp)), 0);
    const age = Math.max(0, Math.floor((clock.now().getTime() - newest) / dayInMilliseconds));
    return { status: 'healthy', detail: `${corrections.length} corrections, the newest ${age} days old` };
  },
};

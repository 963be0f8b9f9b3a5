import { addedText } from './addedText';
import type { Check, CheckSubject } from './check';
import { type PrivateFind, privateFinds } from './privateFinds';

/** From so many sessions on, a detail belongs to the project rather than to a moment. */
const recurring = 2;

function sessionsWith({ sources }: CheckSubject, detail: string): number {
  const small = detail.toLowerCase();
  const holding = sources.filter(({ text }) => text.toLowerCase().includes(small));
  return new Set(holding.map(({ sessionId }) => sessionId)).size;
}

/** What the prompt says already is no news, and what is checked without sources comes from the prompts. */
function standsAlready({ document, alsoInForce = [] }: CheckSubject, detail: string): boolean {
  return [document, ...alsoInForce].some(({ lines }) => lines.some((line) => line.includes(detail)));
}

interface Weighed {
  readonly find: PrivateFind;
  readonly sessions: number;
}

/** A detail is named by its kind only: a secret is not to be shown once more. */
function noteOf({ find, sessions }: Weighed): string {
  const what = find.never ? find.kind : `${find.kind} (${find.text})`;
  if (find.never) return `The text holds ${what}, which must stand in no prompt.`;
  const where = sessions === 0 ? 'no session' : sessions === 1 ? 'one session only' : `${sessions} sessions`;
  return `The text holds ${what} that stands in ${where} of its sources.`;
}

/** Names, addresses, paths, tickets and secrets of one moment do not belong in what holds from then on. */
export const privateDetails: Check = {
  name: 'private-details',
  run(subject) {
    const weighed = privateFinds(addedText(subject.hunk))
      .filter((find) => find.never || !standsAlready(subject, find.text))
      .map((find): Weighed => ({ find, sessions: sessionsWith(subject, find.text) }));
    const bad = weighed.find(({ find, sessions }) => find.never || (!find.mild && sessions < recurring));
    if (bad !== undefined) return { check: 'private-details', outcome: 'failed', note: noteOf(bad) };
    const shown = weighed.find(({ find, sessions }) => !find.mild || sessions < recurring);
    if (shown !== undefined) return { check: 'private-details', outcome: 'noted', note: noteOf(shown) };
    const note = 'It names no person, address, machine, ticket or secret.';
    return { check: 'private-details', outcome: 'passed', note };
  },
};

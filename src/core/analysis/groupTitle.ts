import { carriesInjectedOrder } from '../improve/write/cleanWords';
import { cutAtWord, plainLine } from '../text/plainLine';
import { words } from '../text/words';
import { recurringTokens } from './recurringTokens';
import { type Said, type SharedWords, sharedWords, startOf } from './sharedWords';
import { ordersOf, type Sentence, sentencesOf } from './titleCandidates';
import { titleScore } from './titleScore';

/** What a title is made from. Members without a session vouch for each other, as members of different sessions do. */
export interface TitleSource {
  readonly userCorrection: string;
  readonly sessionId?: string;
}

/** Characters that a title has at most. */
export const longestTitle = 80;
/** The most typical members that are read, and the sentences of theirs that are tried as orders. */
const mostMembers = 20;
const mostTried = 24;
/** Likeness below which, beside a more alike remark that is no order, an order stands for one member only. */
const leastLikeness = 0.15;

/** Mostly only emphasis, which `sentencesOf` leaves out; yet there are groups in which nearly everybody asks for just this. */
const thinkHarder = /\b(?:ultra ?think|think (?:really |more |very )?(?:hard|harder|carefully|deeply))\b/i;
const nearlyAll = 0.8;
const fewestAsking = 4;

interface Spoken extends Sentence {
  readonly source: string;
  readonly likeness: number;
}

function membersOf(typicalFirst: readonly TitleSource[]): Said[] {
  const read = typicalFirst.slice(0, mostMembers);
  const alone = new Set(read.map(({ sessionId }) => sessionId)).size < 2;
  return read.map(({ userCorrection, sessionId }, index) => ({
    text: startOf(userCorrection),
    source: alone || sessionId === undefined ? `member ${index}` : sessionId,
  }));
}

function compareTexts(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The words of a person as they are, named for what they are: for groups in which nobody gives an order. */
function quoted(remark: string): string {
  const plain = plainLine(remark).replace(
    /^(?:(?:no(?=[,.!:])|yes|ok|okay|so|and|but|well|hm+|w8|wait|good|great)[\s,.!:]+)+(?=\S)/i,
    '',
  );
  const lead = plain.endsWith('?') ? 'Questions such as' : 'Remarks such as';
  return `${lead} “${cutAtWord(plain.replace(/[\s.,;:!]+$/, ''), longestTitle - lead.length - 3)}”`;
}

const wordless = 'Corrections without words';

function spokenIn(members: readonly Said[], shared: SharedWords): Spoken[] {
  const recurring = recurringTokens(members);
  return members
    .flatMap(({ text, source }) =>
      sentencesOf(text, recurring).map((sentence): Spoken => {
        return { ...sentence, source, likeness: shared.likeness(words(sentence.general), source) };
      }),
    )
    .sort((a, b) => b.likeness - a.likeness || compareTexts(a.said, b.said));
}

/** The order that stands best for the group; `undefined` where there is none, or only such that a remark stands for more. */
function orderIn(
  spoken: readonly Spoken[],
  remark: Spoken | undefined,
  shared: SharedWords,
): string | undefined {
  const [best] = spoken
    .slice(0, mostTried)
    .flatMap(({ general, source }) =>
      ordersOf(general).map(({ text, clarity }) => {
        const title = cutAtWord(text, longestTitle);
        return { title, source, score: titleScore({ text: title, clarity }, source, shared) };
      }),
    )
    .sort((a, b) => b.score - a.score || compareTexts(a.title, b.title));
  if (best === undefined) return undefined;
  const likeness = shared.likeness(words(best.title), best.source);
  return likeness >= leastLikeness || 2 * likeness >= (remark?.likeness ?? 0) ? best.title : undefined;
}

function askToThink(members: readonly Said[]): boolean {
  const asking = members.filter(({ text }) => thinkHarder.test(text));
  return asking.length >= fewestAsking && asking.length >= members.length * nearlyAll;
}

/**
 * What a group of corrections comes down to, in one line of at most 80 characters without markup or links: the order among those its
 * members give, or reproach the agent for, that stands best for all of them, else their most typical remark, quoted. Untrusted.
 * Pure: up to forty members give the same title in any order. Of equal titles the shorter counts, then the first by its letters.
 *
 * @param typicalFirst members, the most typical first; those after the fortieth are not read
 */
export function titleOf(typicalFirst: readonly TitleSource[]): string {
  const members = membersOf(typicalFirst);
  const shared = sharedWords(members);
  const spoken = spokenIn(members, shared);
  const telling = ({ said }: Spoken) => said.split(/\s+/).length > 2 && words(said).length > 1;
  const remark = spoken.find(telling) ?? spoken[0];
  const order = orderIn(spoken, remark, shared);
  if (order !== undefined) return order;
  if (askToThink(members)) return 'Think harder';
  if (remark !== undefined) return quoted(remark.said);
  const rest = members
    .map(({ text }) => plainLine(text))
    .filter((text) => /\p{L}{2}/u.test(text) && !carriesInjectedOrder(text))
    .sort(compareTexts)[0];
  return rest === undefined ? wordless : quoted(rest);
}

import type { Hunk } from '../model/improvement';
import { splitLines } from '../prompt/splitLines';
import { words } from '../text/words';
import { sameDemand } from './checks/sameDemand';
import type { Proposal } from './proposal';

/** Dice coefficient of two rules' words from which they say the same. */
const sameRule = 0.75;

function near(a: string, b: string): boolean {
  const { relation } = sameDemand(a, b);
  return relation === 'same' || relation === 'near';
}

function alike(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  const shared = [...left].filter((word) => right.has(word)).length;
  return (2 * shared) / Math.max(1, left.size + right.size) >= sameRule;
}

/** What a hunk adds, without the heading that it may bring. */
function addedText({ before, after }: Hunk): string {
  const kept = new Set(splitLines(before));
  return splitLines(after)
    .filter((line) => !kept.has(line) && !line.startsWith('#'))
    .join('');
}

function overlaps(a: Hunk, b: Hunk): boolean {
  const [endA, endB] = [a, b].map((hunk) => hunk.startLine + splitLines(hunk.before).length);
  if (endA === undefined || endB === undefined) return false;
  if (a.before === '' && b.before === '') return false;
  return a.startLine < endB && b.startLine < endA;
}

function merge(first: Proposal, second: Proposal): Proposal {
  const { hunk } = first;
  const seen = new Set(hunk.evidence.map((each) => each.correctionId));
  return {
    ...first,
    hunk: {
      ...hunk,
      patternIds: [...new Set([...hunk.patternIds, ...second.hunk.patternIds])].sort(),
      evidence: [...hunk.evidence, ...second.hunk.evidence.filter((each) => !seen.has(each.correctionId))],
    },
  };
}

/** Proposals that can stand beside each other, the strongest first. */
export class Selection {
  readonly #chosen: Proposal[] = [];
  readonly #taken: readonly Hunk[];

  /** `taken`: hunks of improvements that stay open. */
  constructor(taken: readonly Hunk[]) {
    this.#taken = taken;
  }

  get chosen(): readonly Proposal[] {
    return this.#chosen;
  }

  /** Takes a proposal in, or adds its evidence to one that says the same. Gives the reason when it is left out. */
  add(proposal: Proposal): string | undefined {
    const double = this.#chosen.findIndex(
      (each) => each.hunk.hunkId === proposal.hunk.hunkId || alike(each.ruleWords, proposal.ruleWords),
    );
    const former = this.#chosen[double];
    // A single moment adds nothing to a pattern, and may lie in a session that is to judge it.
    if (former !== undefined && proposal.hunk.patternIds.length === 0)
      return `hunk ${former.hunk.hunkId} says so already`;
    if (former !== undefined) {
      this.#chosen[double] = merge(former, proposal);
      return undefined;
    }
    const same = this.#taken.find(
      (hunk) => hunk.hunkId === proposal.hunk.hunkId || alike(words(addedText(hunk)), proposal.ruleWords),
    );
    if (same !== undefined) return `hunk ${same.hunkId}, which is open, says so already`;
    const nearly =
      this.#chosen.find((each) => near(proposal.rule, each.rule))?.hunk ??
      this.#taken.find((hunk) => near(proposal.rule, addedText(hunk)));
    if (nearly !== undefined)
      return `hunk ${nearly.hunkId} asks for nearly the same; it comes after that one is decided`;
    const others = [...this.#taken, ...this.#chosen.map((each) => each.hunk)];
    const rival = others.find((hunk) => overlaps(hunk, proposal.hunk));
    if (rival !== undefined)
      return `hunk ${rival.hunkId} changes the same lines; it comes after that one is decided`;
    this.#chosen.push(proposal);
    return undefined;
  }
}

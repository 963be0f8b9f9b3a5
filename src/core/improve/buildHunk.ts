import type { Strategy as StrategyName } from '../model/common';
import type { Correction } from '../model/correction';
import { byTimeThenId } from '../model/correctionOrder';
import type { Hunk } from '../model/improvement';
import type { Hash } from '../ports';
import type { PromptDocument } from '../prompt/promptDocument';
import { readPrompt } from '../prompt/promptDocument';
import { stripLineEnd } from '../prompt/splitLines';
import { applyHunks } from '../review/applyHunks';
import { estimateTokens } from '../text/tokens';
import { words } from '../text/words';
import { contradicted } from './strategies/contradicted';
import { strategies } from './strategies/registry';
import type { StrategyCase } from './strategies/strategy';
import { cleanWords } from './write/cleanWords';
import { singleLine } from './write/ruleText';

const excerptLength = 200;

/** The person's words on one line, cut to about 200 characters. Code and pasted output are left out where words remain. */
export function excerptOf(correction: Correction): string {
  const plain = singleLine(cleanWords(correction.userCorrection));
  const text = plain === '' ? correction.userCorrection.replace(/\s+/g, ' ').trim() : plain;
  return text.length <= excerptLength ? text : `${text.slice(0, excerptLength - 1).trimEnd()}…`;
}

export interface HunkRequest {
  readonly templateId: string;
  readonly base: string;
  readonly subject: StrategyCase;
  readonly patternIds: readonly string[];
  readonly evidence: readonly Correction[];
  readonly confidence: number;
  /** May a strategy that suits take the place of one that comes before it? Left out: never. */
  readonly prefers?: (challenger: StrategyName, holder: StrategyName) => boolean;
  /** The reason's sentence, given what was done ("no instruction covers it, so …"). */
  readonly reason: (because: string) => string;
}

/** Its last line end is left out: frontmatter alone may lack it, and gets it when something follows. */
function frontmatterOf({ lines, frontmatterLines }: PromptDocument): string {
  return stripLineEnd(lines.slice(0, frontmatterLines).join(''));
}

/** The added text stands in the new prompt as an instruction, not inside of code or HTML, and the frontmatter is as it was. */
function readsBack(base: string, document: PromptDocument, hunk: Hunk): boolean {
  const after = readPrompt(applyHunks(base, [hunk]));
  if (frontmatterOf(after) !== frontmatterOf(document)) return false;
  const added = new Set(words(hunk.after));
  const read = new Set(after.instructions.flatMap((each) => words(each.text)));
  const headings = new Set(after.sections.flatMap((each) => words(each.heading)));
  return [...added].every((word) => read.has(word) || headings.has(word));
}

export interface BuiltHunk {
  readonly hunk: Hunk;
  /** The strategy that comes first and would have made it. */
  readonly insteadOf?: StrategyName;
}

/**
 * The hunk of the first strategy that suits the case, or of a later one that suits it too and is preferred to it;
 * `undefined` where none suits. What contradicts the rule always goes first. Its id follows from its place and text alone.
 */
export function buildHunk(request: HunkRequest, hash: Hash): BuiltHunk | undefined {
  const { prefers, subject, base } = request;
  let first: Hunk | undefined;
  let chosen: Hunk | undefined;
  for (const strategy of strategies) {
    if (chosen !== undefined && prefers?.(strategy.name, chosen.strategy) !== true) continue;
    const edit = strategy.propose(subject);
    if (edit === undefined) continue;
    const hunk = toHunk(request, strategy.name, edit, hash);
    if (!readsBack(base, subject.document, hunk)) continue;
    first ??= hunk;
    chosen = hunk;
    if (prefers === undefined || strategy === contradicted) break;
  }
  if (first === undefined || chosen === undefined) return undefined;
  return chosen === first ? { hunk: chosen } : { hunk: chosen, insteadOf: first.strategy };
}

function toHunk(
  { templateId, patternIds, evidence, confidence, reason }: HunkRequest,
  strategy: StrategyName,
  edit: { section: string; startLine: number; before: string; after: string; because: string },
  hash: Hash,
): Hunk {
  const { section, startLine, before, after, because } = edit;
  return {
    hunkId: `h_${hash.sha256(JSON.stringify([templateId, section, before, after])).slice(0, 16)}`,
    strategy,
    section,
    startLine,
    before,
    after,
    reason: reason(because),
    patternIds: [...patternIds].sort(),
    evidence: [...evidence].sort(byTimeThenId).map((correction) => ({
      correctionId: correction.correctionId,
      sessionId: correction.sessionId,
      excerpt: excerptOf(correction),
      source: correction.evidence,
    })),
    confidence,
    tokenDelta: estimateTokens(after) - estimateTokens(before),
    decision: 'pending',
  };
}

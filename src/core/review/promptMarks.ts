import type { Hunk, Improvement } from '../model/improvement';
import type { Ports } from '../ports';
import { endsLine } from '../prompt/splitLines';
import { ancestry } from '../templates/lineage';
import { decodePrompt } from '../templates/promptText';
import { requireVersions, type TemplateContext } from '../templates/templateRecords';
import { hunkText } from './applyHunks';
import { isOpen } from './decideHunks';
import { mapLines } from './lineMap';
import { bareLines } from './placeHunk';

/** A line of a prompt file that a hunk has to do with. */
export interface PromptMark {
  /** `pending`: a proposal waits for its review here; `accepted`: the line came from one. */
  readonly kind: 'pending' | 'accepted';
  /** Counts from 0. */
  readonly line: number;
  readonly hunk: Hunk;
  readonly improvementId: string;
  /** Draft or proposed, for a pending one. */
  readonly draft: boolean;
  /** Version that brought it, for an accepted one. */
  readonly version?: string;
  /** What it rests on: of its patterns as they are by now, else of its own evidence. */
  readonly corrections: number;
  readonly sessions: number;
}

/** Line of the text that the hunk brought, nearest to where it was put; `undefined` where it was changed since. */
export function findBroughtLine(lines: readonly string[], hunk: Hunk): number | undefined {
  const before = new Set(bareLines(hunk.before));
  const added = bareLines(hunkText(hunk)).filter((line) => line.trim() !== '' && !before.has(line));
  const first = added.find((line) => !/^#{1,6}\s/.test(line)) ?? added[0];
  if (first === undefined) return undefined;
  const places = lines.flatMap((line, index) => (line === first ? [index] : []));
  return places.sort((a, b) => Math.abs(a - hunk.startLine) - Math.abs(b - hunk.startLine))[0];
}

/**
 * The lines of a prompt file, as it is in the editor, where hunks wait or that came from accepted ones which are in force.
 * @throws PipelineError NOT_FOUND when the template is gone
 */
export async function findPromptMarks(
  context: TemplateContext,
  templateId: string,
  text: string,
): Promise<readonly PromptMark[]> {
  const { store } = context.ports;
  const template = await store.get('templates', templateId);
  if (template === undefined) return [];
  const versions = await requireVersions(context, templateId);
  const inForce = new Set(ancestry(versions, template.deployedVersion).map(({ version }) => version));
  const { records } = await store.list('improvements');
  const marks: PromptMark[] = [];
  for (const improvement of records.filter((each) => each.templateId === templateId)) {
    const places = await placesOf(context.ports, improvement, text, inForce);
    for (const { hunk, ...place } of places) {
      marks.push({ ...place, hunk, ...(await supportOf(store, hunk)) });
    }
  }
  return marks.sort((a, b) => a.line - b.line || (a.hunk.hunkId < b.hunk.hunkId ? -1 : 1));
}

type MarkPlace = Omit<PromptMark, 'corrections' | 'sessions'>;

async function placesOf(
  { store }: Pick<Ports, 'store'>,
  { improvementId, status, version, hunks, baseHash, baseVersion }: Improvement,
  text: string,
  inForce: ReadonlySet<string>,
): Promise<readonly MarkPlace[]> {
  const lines = bareLines(text);
  const ended = endsLine(text);
  if (version !== undefined && inForce.has(version)) {
    return hunks
      .filter((hunk) => hunk.decision === 'accepted')
      .flatMap((hunk): MarkPlace[] => {
        const line = findBroughtLine(lines, hunk);
        return line === undefined
          ? []
          : [{ kind: 'accepted', line, hunk, improvementId, draft: false, version }];
      });
  }
  const pending = hunks.filter((hunk) => hunk.decision === 'pending');
  if (!isOpen(status) || pending.length === 0) return [];
  const base = decodePrompt(await store.getContent(baseHash), baseVersion);
  const places = mapLines(bareLines(base), lines);
  // Behind a last line that is ended there is an empty one, which an editor shows.
  const last = Math.max(0, ended ? lines.length : lines.length - 1);
  return pending.map((hunk) => ({
    kind: 'pending' as const,
    line: Math.min(places[Math.min(hunk.startLine, places.length - 1)] ?? 0, last),
    hunk,
    improvementId,
    draft: status === 'draft',
  }));
}

async function supportOf(
  store: Ports['store'],
  hunk: Hunk,
): Promise<{ readonly corrections: number; readonly sessions: number }> {
  const [patternId, ...others] = hunk.patternIds;
  const pattern =
    patternId === undefined || others.length > 0 ? undefined : await store.get('patterns', patternId);
  if (pattern !== undefined) {
    const { corrections, sessions } = pattern.support;
    return { corrections, sessions };
  }
  return {
    corrections: new Set(hunk.evidence.map(({ correctionId }) => correctionId)).size,
    sessions: new Set(hunk.evidence.map(({ sessionId }) => sessionId)).size,
  };
}

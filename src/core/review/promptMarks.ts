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

/** A hunk that has to do with a prompt file, wherever in its text. */
export interface MarkSource {
  /** `pending`: a proposal waits for its review; `accepted`: its lines came from one that is in force. */
  readonly kind: 'pending' | 'accepted';
  readonly hunk: Hunk;
  readonly improvementId: string;
  /** Draft or proposed, for a pending one. */
  readonly draft: boolean;
  /** Version that brought it, for an accepted one. */
  readonly version?: string;
  /** Lines of the text that a pending one was made for. */
  readonly base?: readonly string[];
  /** What it rests on: of its patterns as they are by now, else of its own evidence. */
  readonly corrections: number;
  readonly sessions: number;
}

/** The same at a line, which counts from 0. */
export interface PromptMark extends Omit<MarkSource, 'base'> {
  readonly line: number;
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
 * The hunks of a prompt that wait, and the accepted ones that are in force. Reads records: once for many texts.
 * @throws PipelineError NOT_FOUND when a version's text is gone
 */
export async function readMarkSources(
  context: TemplateContext,
  templateId: string,
): Promise<readonly MarkSource[]> {
  const { store } = context.ports;
  const template = await store.get('templates', templateId);
  if (template === undefined) return [];
  const versions = await requireVersions(context, templateId);
  const inForce = new Set(ancestry(versions, template.deployedVersion).map(({ version }) => version));
  const { records } = await store.list('improvements');
  const sources: MarkSource[] = [];
  for (const improvement of records.filter((each) => each.templateId === templateId)) {
    for (const source of await sourcesOf(context.ports, improvement, inForce)) {
      sources.push({ ...source, ...(await supportOf(store, source.hunk)) });
    }
  }
  return sources;
}

async function sourcesOf(
  { store }: Pick<Ports, 'store'>,
  { improvementId, status, version, hunks, baseHash, baseVersion }: Improvement,
  inForce: ReadonlySet<string>,
): Promise<readonly Omit<MarkSource, 'corrections' | 'sessions'>[]> {
  if (version !== undefined && inForce.has(version)) {
    return hunks
      .filter((hunk) => hunk.decision === 'accepted')
      .map((hunk) => ({ kind: 'accepted', hunk, improvementId, draft: false, version }));
  }
  const pending = hunks.filter((hunk) => hunk.decision === 'pending');
  if (!isOpen(status) || pending.length === 0) return [];
  const base = bareLines(decodePrompt(await store.getContent(baseHash), baseVersion));
  const draft = status === 'draft';
  return pending.map((hunk) => ({ kind: 'pending', hunk, improvementId, draft, base }));
}

/** Where they stand in a text of the prompt, as it is in the editor. */
export function placeMarks(sources: readonly MarkSource[], text: string): readonly PromptMark[] {
  const lines = bareLines(text);
  // Behind a last line that is ended there is an empty one, which an editor shows.
  const last = Math.max(0, endsLine(text) ? lines.length : lines.length - 1);
  const maps = new Map<readonly string[], readonly number[]>();
  const lineOf = ({ hunk, base }: MarkSource): number | undefined => {
    if (base === undefined) return findBroughtLine(lines, hunk);
    const places = maps.get(base) ?? mapLines(base, lines);
    maps.set(base, places);
    return Math.min(places[Math.min(hunk.startLine, places.length - 1)] ?? 0, last);
  };
  return sources
    .flatMap((source): PromptMark[] => {
      const line = lineOf(source);
      const { base: _, ...rest } = source;
      return line === undefined ? [] : [{ ...rest, line }];
    })
    .sort((a, b) => a.line - b.line || (a.hunk.hunkId < b.hunk.hunkId ? -1 : 1));
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

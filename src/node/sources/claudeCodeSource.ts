import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { ClaudeCodeReader } from '../../core/capture/claudeCode/claudeCode';
import {
  type Delegations,
  delegationsIn,
  jsonOrUndefined,
  unnamedSubagent,
} from '../../core/capture/claudeCode/claudeCodeAgents';
import type { CorrectionSource, Located, OpenTranscript } from '../../core/capture/correctionSource';
import type { Skipped } from '../../core/ports';
import { hookTranscripts } from '../hookJournal';
import { nodeHash } from '../systemPorts';
import { looksLikeClaudeCode } from './claudeCodeHead';
import { projectFolders } from './claudeCodePlace';
import { openLinesTranscript } from './linesTranscript';
import { beginningOf, errorCode, findTranscripts } from './transcriptFiles';

const metaSchema = z.object({ agentType: z.string() });

/** Claude Code's transcripts: of this workspace by default, or of any place that is given. */
export class ClaudeCodeSource implements CorrectionSource {
  readonly name = 'claude-code';
  readonly #delegations = new Map<string, Delegations>();

  /** @param configurationFolder `CLAUDE_CONFIG_DIR`, else `~/.claude` */
  constructor(
    readonly root: string,
    readonly configurationFolder: string,
  ) {}

  async locate(place: string | undefined): Promise<Located> {
    if (place !== undefined) {
      const given = path.resolve(this.root, place);
      return findTranscripts(given, { extension: '.jsonl', deep: true, recognises: looksLikeClaudeCode });
    }
    const skipped: Skipped[] = [];
    const folders = await projectFolders(path.join(this.configurationFolder, 'projects'), this.root, skipped);
    const ofHere = folders.length > 1 ? this.#mentionsRoot : undefined;
    const located = await Promise.all(
      folders.map((folder) =>
        findTranscripts(folder, { extension: '.jsonl', deep: true, ...(ofHere && { recognises: ofHere }) }),
      ),
    );
    const files = new Set(located.flatMap((found) => found.files));
    for (const file of await hookTranscripts(this.root)) {
      // A path that stands in the workspace's own files: it is taken only for what it says that it is.
      const noted = await findTranscripts(file, {
        extension: '.jsonl',
        deep: false,
        recognises: looksLikeClaudeCode,
      });
      for (const found of noted.files) files.add(found);
    }
    return {
      files: [...files].sort(),
      skipped: [...skipped, ...located.flatMap((found) => found.skipped)],
      missing: located.every(({ missing }) => missing === true),
    };
  }

  async watched(place: string | undefined): Promise<readonly string[]> {
    if (place !== undefined) return [path.resolve(this.root, place)];
    return projectFolders(path.join(this.configurationFolder, 'projects'), this.root, []);
  }

  async open(file: string, from?: unknown): Promise<OpenTranscript> {
    return openLinesTranscript(this.root, file, from, {
      reader: async (about, memory) => {
        const subagentType = isSubagentFile(file) ? await this.#subagentType(file, about.name) : undefined;
        return new ClaudeCodeReader(
          { ...about, ...(subagentType !== undefined && { subagentType }) },
          nodeHash,
          memory,
        );
      },
    });
  }

  readonly #mentionsRoot = (head: string): boolean => head.includes(`"cwd":${JSON.stringify(this.root)}`);

  /** From the file beside it, else from the call in the parent's transcript. */
  async #subagentType(file: string, name: string): Promise<string> {
    const meta = metaSchema.safeParse(
      jsonOrUndefined((await textOrNone(file.replace(/\.jsonl$/, '.meta.json'))) ?? ''),
    );
    if (meta.success) return meta.data.agentType;
    const agentId = name.replace(/^agent-/, '');
    for (const parent of parentsOf(file, await beginningOf(file))) {
      const delegations = await this.#delegationsOf(parent);
      const type = delegations?.typeOf(agentId, undefined);
      if (type !== undefined && type !== unnamedSubagent) return type;
    }
    return unnamedSubagent;
  }

  async #delegationsOf(parent: string): Promise<Delegations | undefined> {
    const known = this.#delegations.get(parent);
    if (known) return known;
    const text = await textOrNone(parent);
    if (text === undefined) return undefined;
    const delegations = delegationsIn(text);
    this.#delegations.set(parent, delegations);
    return delegations;
  }
}

/** `<session>/subagents/agent-<id>.jsonl`, or in older versions `agent-<id>.jsonl` beside the session. */
function isSubagentFile(file: string): boolean {
  return path.basename(file).startsWith('agent-') || path.basename(path.dirname(file)) === 'subagents';
}

/** Where the parent's transcript may lie: named by the folder, or by the session that the lines name. */
function parentsOf(file: string, text: string): readonly string[] {
  const folder = path.dirname(file);
  const sessionId = /"sessionId":"([^"/\\]{1,100})"/.exec(text)?.[1];
  const named = sessionId === undefined ? [] : [path.join(folder, `${sessionId}.jsonl`)];
  return path.basename(folder) === 'subagents' ? [`${path.dirname(folder)}.jsonl`, ...named] : named;
}

/** `undefined` when there is no such file: then the next place is asked. */
async function textOrNone(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EISDIR'].includes(errorCode(error))) return undefined;
    throw error;
  }
}

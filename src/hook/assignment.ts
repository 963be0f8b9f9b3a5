import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { bytesOf, fieldsOf, type HookExperiment, parsed, runningExperiments } from './experimentFiles';
import { largestPrompt, safeSession, workspaceOf } from './hookEvent';
import { type Assignment, knownVariant, variantOf } from './sessionVariant';

export { assignmentsFolder } from './sessionVariant';

/*
 * What an agent gets in an experiment. As the rest of the hook it knows no library and has 50 ms. Whatever fails, the original goes
 * through: no answer is the client's own way.
 */

/** The word behind the launcher in Claude Code's settings. */
export const canaryWord = 'canary';
/** Below `.claude-pm/`: one line for each assignment. */
export const exposuresFolder = 'training/exposures';
/** Below `.claude-pm/`: bytes by their hash. */
const contentFolder = 'template_management/versions/content';

/** Claude Code hands these no CLAUDE.md, so they get no addition to it. */
const withoutInstructions: ReadonlySet<unknown> = new Set(['Explore', 'Plan']);
/** A resumed session holds what it was told; `compact` forgets it. */
const beginnings: ReadonlySet<unknown> = new Set(['startup', 'clear', 'compact']);

interface Call {
  readonly root: string;
  readonly sessionId: string;
  readonly at: Date;
  readonly fields: ReadonlyMap<string, unknown>;
}

/**
 * The answer to an event of Claude Code's hooks, or undefined where the agent's own way is to go on. What is given is noted first: what
 * cannot be noted is thrown, and must not be given.
 * @param input the payload, as it came on standard input
 */
export function assign(input: string, at: Date, projectFolder: string | undefined): object | undefined {
  const fields = fieldsOf(parsed(input));
  const sessionId = fields.get('session_id');
  const cwd = fields.get('cwd');
  if (typeof sessionId !== 'string' || !safeSession.test(sessionId)) return undefined;
  const root = workspaceOf(projectFolder) ?? workspaceOf(typeof cwd === 'string' ? cwd : undefined);
  if (root === undefined) return undefined;
  const call = { root, sessionId, at, fields };
  switch (fields.get('hook_event_name')) {
    case 'PreToolUse':
      return chooseAgent(call);
    case 'SessionStart':
    case 'SubagentStart':
      return addInstructions(call);
    default:
      return undefined;
  }
}

function chooseAgent(call: Call): object | undefined {
  const { root, sessionId, fields } = call;
  if (fields.get('tool_name') !== 'Agent' && fields.get('tool_name') !== 'Task') return undefined;
  const asked = fieldsOf(fields.get('tool_input'));
  const type = asked.get('subagent_type');
  const experiment = runningExperiments(root).find(
    ({ agentType, twin }) => twin !== undefined && (type === agentType || type === twin.name),
  );
  if (experiment?.twin === undefined) return undefined;
  const { twin, agentType, dryRun } = experiment;
  const assignment = variantOf(root, experiment, sessionId);
  const isCandidate = assignment.variant === 'canary' && !dryRun;
  const found = isCandidate ? hashOf(bytesOf(path.join(root, twin.path), largestPrompt)) : undefined;
  const fault = !isCandidate || found === twin.contentHash ? undefined : faultOf(found);
  const isGiven = isCandidate && fault === undefined;
  note(call, experiment, assignment, String(fields.get('tool_use_id')), isGiven, twin.contentHash, fault);
  const given = isGiven ? twin.name : agentType;
  // Also where the model took the twin by itself.
  if (given === type) return undefined;
  return answer('PreToolUse', { updatedInput: { ...Object.fromEntries(asked), subagent_type: given } });
}

const faultOf = (found: string | undefined) => (found === undefined ? 'twin-missing' : 'twin-changed');

function addInstructions(call: Call): object | undefined {
  const { root, sessionId, fields } = call;
  const event = String(fields.get('hook_event_name'));
  const source = fields.get('source');
  if (event === 'SessionStart' && !beginnings.has(source)) return undefined;
  if (event === 'SubagentStart' && withoutInstructions.has(fields.get('agent_type'))) return undefined;
  const texts: string[] = [];
  for (const experiment of runningExperiments(root)) {
    const { experimentId, addition, mode, dryRun } = experiment;
    if (mode !== 'instructions' || addition === undefined) continue;
    // A session that began before the experiment is not of it.
    const isNew = event === 'SessionStart' && source !== 'compact';
    const assignment = isNew
      ? variantOf(root, experiment, sessionId)
      : knownVariant(root, experimentId, sessionId);
    if (assignment === undefined) continue;
    const isCandidate = assignment.variant === 'canary' && !dryRun;
    const bytes = isCandidate
      ? bytesOf(path.join(root, '.claude-pm', contentFolder, addition), largestPrompt)
      : undefined;
    const isGiven = bytes !== undefined && hashOf(bytes) === addition;
    const fault = isCandidate && !isGiven ? 'addition-missing' : undefined;
    const which = event === 'SessionStart' ? `${event}:${String(source)}` : event;
    note(call, experiment, assignment, which, isGiven, addition, fault);
    if (isGiven) texts.push(bytes.toString('utf8'));
  }
  return texts.length === 0 ? undefined : answer(event, { additionalContext: texts.join('\n') });
}

function answer(hookEventName: string, output: object): object {
  return { hookSpecificOutput: { hookEventName, ...output } };
}

/** One line, in one write to a file that was opened to append. `which` tells calls of one session apart. */
function note(
  { root, sessionId, at }: Call,
  { experimentId, agentType, path: file }: HookExperiment,
  { variant, share, stage }: Assignment,
  which: string,
  isGiven: boolean,
  candidateHash: string,
  fault: string | undefined,
): void {
  const contentHash = isGiven ? candidateHash : hashOf(bytesOf(path.join(root, file), largestPrompt));
  const id = createHash('sha256')
    .update(JSON.stringify([experimentId, sessionId, which]))
    .digest('hex');
  const entry = {
    schemaVersion: 1,
    exposureId: `exposure-${id.slice(0, 24)}`,
    experimentId,
    at: at.toISOString(),
    sessionId,
    agentType,
    assigned: variant,
    variant: isGiven ? 'canary' : 'control',
    share,
    stage,
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(fault === undefined ? {} : { fault }),
  };
  const folder = path.join(root, '.claude-pm', ...exposuresFolder.split('/'));
  mkdirSync(folder, { recursive: true });
  appendFileSync(path.join(folder, `${entry.at.slice(0, 7)}.hook.jsonl`), `${JSON.stringify(entry)}\n`);
}

function hashOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && createHash('sha256').update(bytes).digest('hex');
}

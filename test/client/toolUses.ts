import path from 'node:path';
import type { ClientWorld } from './clientWorld.ts';
import type { ModelTurn } from './modelReply.ts';

type ToolUse = NonNullable<ModelTurn['tools']>[number];

/** The agent file of the subagent that tests delegate to. */
export const engineerFile = '.claude/agents/engineer.md';
export const engineer = '---\nname: engineer\ndescription: Writes code.\n---\nYou are an engineer.\n';

export function write(world: ClientWorld, file: string, content: string): ToolUse {
  return { name: 'Write', input: { file_path: path.join(world.folder, file), content } };
}

export function read(world: ClientWorld, file: string): ToolUse {
  return { name: 'Read', input: { file_path: path.join(world.folder, file) } };
}

/** The client edits only files that the agent has read. */
export function edit(world: ClientWorld, file: string, before: string, after: string): ToolUse {
  return {
    name: 'Edit',
    input: { file_path: path.join(world.folder, file), old_string: before, new_string: after },
  };
}

export function bash(command: string): ToolUse {
  return { name: 'Bash', input: { command, description: 'As asked' } };
}

export function plan(text: string): ToolUse {
  return { name: 'ExitPlanMode', input: { plan: text } };
}

/** Hands a task to the engineer: in the background unless `waits`, as the client does by itself. */
export function delegate(prompt: string, { waits = false } = {}): ToolUse {
  return {
    name: 'Agent',
    input: {
      description: 'A task',
      prompt,
      subagent_type: 'engineer',
      ...(waits ? { run_in_background: false } : {}),
    },
  };
}

import type { Command } from '../command';
import type { CommandArguments } from '../commandArguments';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { pickAgents } from '../pickers';
import { outcomeForCallers, runInWindow } from '../runs/runInWindow';

async function chooseAgents(host: Host, args: CommandArguments): Promise<readonly string[] | undefined> {
  if (args.all) return [];
  return args.agentType === undefined ? pickAgents(host) : [args.agentType];
}

/** The whole pipeline, for all agents, one, or one pattern of it: capture, analyse, improve, validate. */
export const runImprovement: Command = {
  id: commandIds.runImprovement,
  needsTrust: true,
  async run(host, args) {
    const agents = await chooseAgents(host, args);
    if (!agents) return undefined;
    const { patternId } = args;
    const outcome = await runInWindow(host, {
      title:
        agents.length === 0 ? 'Claude PM: improving prompts' : `Claude PM: improving ${agents.join(', ')}`,
      begin: (workspace, options) =>
        workspace.pipeline.run({
          ...options,
          trigger: 'command',
          ...(agents.length === 0 ? {} : { agentTypes: agents }),
          ...(patternId === undefined ? {} : { patternIds: [patternId] }),
        }),
    });
    return outcomeForCallers(outcome);
  },
};

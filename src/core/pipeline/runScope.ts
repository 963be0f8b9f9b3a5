import { PipelineError } from '../errors';
import { sameAgent } from '../model/agentType';
import type { RunRequest } from '../model/execution';
import type { Ports } from '../ports';

/** What a run is about: which agents it serves, and whether what was asked for is there. */
export class RunScope {
  constructor(private readonly store: Ports['store']) {}

  /** Agents that have a prompt, by name. */
  private async agents(): Promise<readonly string[]> {
    const { records } = await this.store.list('templates');
    return [...new Set(records.map((template) => template.agentType))].sort();
  }

  /** Those that were asked for, where some were, else all. */
  async agentsToServe({ agentTypes }: RunRequest): Promise<readonly string[]> {
    const known = await this.agents();
    return agentTypes ? known.filter((agent) => agentTypes.some((asked) => sameAgent(asked, agent))) : known;
  }

  /** @throws PipelineError NOT_FOUND */
  async requireAgents(asked: readonly string[]): Promise<void> {
    if (asked.length === 0) return;
    const known = await this.agents();
    const unknown = asked.filter((agent) => !known.some((name) => sameAgent(name, agent)));
    if (unknown.length === 0) return;
    throw new PipelineError('NOT_FOUND', `No prompt was found for ${unknown.join(', ')}.`, {
      subject: unknown.join(', '),
      remedy: `Agents with a prompt here: ${known.join(', ') || 'none'}.`,
    });
  }

  /** @throws PipelineError NOT_FOUND */
  async requirePatterns(asked: readonly string[]): Promise<void> {
    if (asked.length === 0) return;
    const { records } = await this.store.list('patterns');
    const unknown = asked.filter((id) => !records.some(({ patternId }) => patternId === id));
    if (unknown.length === 0) return;
    throw new PipelineError('NOT_FOUND', `There is no pattern ${unknown.join(', ')}.`, {
      subject: unknown.join(', '),
      remedy: 'List the patterns with "claude-pm-prompts analyze".',
    });
  }
}

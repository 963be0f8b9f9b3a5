import type { PromptKind } from './promptKind';
import { line } from './yamlLines';

/** GitHub Copilot in VS Code: code.visualstudio.com/docs/copilot/customization. Chat modes are the former form of custom agents. */
const copilot = { tool: 'GitHub Copilot', at: 'root' } as const;
const described: PromptKind['frontmatter'] = ({ description }) => line('description', description);

export const copilotInstructions: PromptKind = {
  ...copilot,
  id: 'copilot-instructions',
  place: { file: '.github/copilot-instructions.md' },
  holds: 'everywhere',
  templateType: 'system_prompt',
  agent: 'copilot',
};

export const copilotKinds: readonly PromptKind[] = [
  {
    ...copilot,
    id: 'copilot-agent',
    place: { folder: '.github/agents', suffix: '.agent.md', deep: false },
    holds: 'agent',
    templateType: 'agent_prompt',
    agent: { named: 'frontmatter', prefix: '' },
    frontmatter: ({ name, description }) => [
      ...line('name', name),
      ...line('description', description ?? `${name ?? 'Custom'} agent`),
    ],
  },
  {
    ...copilot,
    id: 'copilot-chat-mode',
    place: { folder: '.github/chatmodes', suffix: '.chatmode.md', deep: false },
    holds: 'agent',
    templateType: 'agent_prompt',
    agent: { named: 'frontmatter', prefix: '' },
    frontmatter: ({ name, description }) => line('description', description ?? `${name ?? 'Custom'} mode`),
  },
  {
    ...copilot,
    id: 'copilot-instructions-file',
    place: { folder: '.github/instructions', suffix: '.instructions.md', deep: true },
    holds: 'matching',
    templateType: 'system_prompt',
    agent: 'copilot',
    narrowedBy: 'applyTo',
    frontmatter: (facts) => [
      ...line('description', facts.description),
      ...line('applyTo', facts.globs?.length ? facts.globs.join(',') : '**'),
    ],
  },
  {
    ...copilot,
    id: 'copilot-prompt',
    place: { folder: '.github/prompts', suffix: '.prompt.md', deep: false },
    holds: 'task',
    templateType: 'task_template',
    agent: 'copilot',
    frontmatter: described,
  },
];

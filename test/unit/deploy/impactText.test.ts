import { describe, expect, it } from 'vitest';
import { impactLines, impactText } from '../../../src/core/deploy/impactText';
import { workbench } from '../support/workbench';

const sections = Array.from({ length: 6 }, (_, index) => `## Part ${index}\n\nText.\n`).join('\n');
const files = {
  '.claude/agents/qa.md': '---\nname: qa\n---\nOld.\n',
  'CLAUDE.md': 'See @.claude/agents/qa.md\n',
};

async function impact(agents: readonly string[]) {
  const bench = workbench(files);
  await bench.templates.adopt();
  await bench.templates.create({
    templateId: 'shared',
    bytes: new TextEncoder().encode(`# Rules\n\n${sections}`),
    templateType: 'agent_prompt',
    agentType: 'QA',
  });
  return bench.templates.deployImpact('shared', { agents });
}

describe('what a deployment would do, in words', () => {
  it('names each file with what becomes of its own text, and what holds for all of them', async () => {
    const { targets, facts } = impactText(await impact(['qa', 'main']));
    expect(targets.map(([heading]) => heading)).toEqual([
      '.claude/agents/qa.md (agent qa): 1.0.0 → 2.0.0',
      'CLAUDE.md (agent main): 1.0.0 → 2.0.0',
    ]);
    expect(targets[0]).toContain('Its text gives way to that of shared; its own frontmatter stays');
    expect(targets[0]?.at(-1)).toMatch(/^Sections: (?:[^;]+; ){3}and \d+ more$/);
    expect(facts.at(-1)).toMatch(/^Risk: high\. .*2 files are written at once\.$/);
  });

  it('indents what belongs to a file below it in a terminal', async () => {
    const [heading, ...lines] = impactLines(await impact(['qa']));
    expect(heading).toMatch(/^\.claude\/agents\/qa\.md/);
    expect(lines.filter((line) => line.startsWith('  '))).toHaveLength(3);
    expect(lines).toContain('Imported by: CLAUDE.md:1');
    expect(lines.at(-1)).toMatch(/^Risk: /);
  });
});

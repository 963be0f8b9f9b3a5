import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { requireTemplateId, templateIdOf } from '../../../src/core/templates/templateId';
import { hash } from '../support/memoryPorts';

const idOf = (path: string, taken: string[] = []) => templateIdOf(path, new Set(taken), hash);

describe('a template id', () => {
  it.each([
    ['.claude/agents/Code Reviewer.md', 'claude-agents-code-reviewer'],
    ['CLAUDE.md', 'claude-md'],
    ['AGENTS.md', 'agents-md'],
    ['packages/api/CLAUDE.md', 'packages-api-claude-md'],
    ['.github/copilot-instructions.md', 'github-copilot-instructions'],
    ['.github/agents/qa.agent.md', 'github-agents-qa-agent'],
    ['.cursor/rules/style.mdc', 'cursor-rules-style'],
    ['.claude/agents/Prüfer.md', 'claude-agents-prufer'],
  ])('of %s is %s', (path, id) => {
    expect(idOf(path)).toBe(id);
  });

  it('tells paths apart whose slugs collide, and names in other scripts', () => {
    expect(idOf('a/b c.md', ['a-b-c'])).toMatch(/^a-b-c-[0-9a-f]{8}$/);
    expect(idOf('.claude/agents/検査.md')).toMatch(/^claude-agents-[0-9a-f]{8}$/);
    expect(idOf('.claude/agents/検査.md')).not.toBe(idOf('.claude/agents/設計.md'));
    expect(idOf('検査.md')).toMatch(/^prompt-[0-9a-f]{8}$/);
  });

  it('is never a device name of Windows', () => {
    expect(idOf('con.md')).toMatch(/^con-[0-9a-f]{8}$/);
  });

  it('is a safe file name for any path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (path) => {
        expect(() => requireTemplateId(idOf(path))).not.toThrow();
      }),
    );
  });

  it.each(['../../x', 'A', 'a/b', '', 'a--b', 'nul', 'x'.repeat(65)])('cannot be given as "%s"', (id) => {
    expect(() => requireTemplateId(id)).toThrow(expect.objectContaining({ code: 'UNSAFE_NAME' }));
  });
});

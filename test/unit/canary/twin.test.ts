import { describe, expect, it } from 'vitest';
import { agentNameIn, twinOf, twinPathOf } from '../../../src/core/canary/twin';
import { decodePrompt, encodePrompt } from '../../../src/core/templates/promptText';
import { frontmatterName } from '../../../src/node/promptAgentName';

const twin = (text: string, name = 'qa') => decodePrompt(twinOf(encodePrompt(text), name), 'twin');
const description =
  'description: "Copy of the agent qa under test. Never choose this agent yourself: choose qa."';

describe("an agent's twin", () => {
  it('has another name and description, and all else byte for byte', () => {
    const text = '---\nname: qa\ndescription: Tests.\ntools: Read, Grep\n---\n\n# QA\n\n- Be  strict. \n';
    expect(twin(text)).toBe(
      `---\nname: qa-canary\n${description}\ntools: Read, Grep\n---\n\n# QA\n\n- Be  strict. \n`,
    );
  });

  it.each([
    ['line ends of Windows', '---\r\nname: qa\r\ndescription: T\r\n---\r\nBody'],
    ['a byte-order mark', '\uFEFF---\nname: qa\ndescription: T\n---\nBody'],
    ['a folded description', '---\nname: qa\ndescription: >\n  Tests\n  much.\nmodel: opus\n---\nBody\n'],
    ['a colon that YAML forbids', '---\nname: qa\ndescription: Use when: always\nmodel: opus\n---\nBody\n'],
    ['a quoted name', '---\nname: "qa"\ndescription: T\n---\nBody\n'],
    ['no description', '---\nname: qa\n---\nBody\n'],
    ['a comment', '---\n# mine\nname: qa\ndescription: T\n---\nBody\n'],
  ])('is read under its name, with %s', (_what, text) => {
    const made = twin(text);
    expect(agentNameIn(made)).toBe('qa-canary');
    expect(frontmatterName(made)).toEqual({ name: 'qa-canary', problem: undefined });
    expect(made).toContain(description);
    const rest = (whole: string) => whole.replace(/^(?:name|description):.*(?:\r?\n {2}.*)*\r?\n/gm, '');
    expect(rest(made)).toBe(rest(text));
  });

  it('is read where the name is no plain word', () => {
    expect(agentNameIn(twin('---\nname: "a: b"\ndescription: T\n---\nBody\n', 'a: b'))).toBe('a: b-canary');
  });

  it.each([
    ['no frontmatter', '# QA\n'],
    ['nothing below it', '---\nname: qa\ndescription: T\n---\n\n'],
    ['its name twice', '---\nname: qa\nname: qb\ndescription: T\n---\nBody\n'],
  ])('is refused with %s', (_what, text) => {
    expect(() => twin(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('lies beside the original', () => {
    expect(twinPathOf('.claude/agents/team/qa.md')).toBe('.claude/agents/team/qa-canary.md');
  });
});

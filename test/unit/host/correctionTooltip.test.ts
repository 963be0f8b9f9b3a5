import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, it } from 'vitest';
import { correctionTooltip } from '../../../src/host/corrections/correctionTooltip';
import { correction } from './corrections';

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

/** What Markdown makes of a tooltip: the types of its nodes, and its text. */
function read(markdown: string): { types: Set<string>; text: string } {
  const types = new Set<string>();
  let text = '';
  const visit = (node: Node): void => {
    types.add(node.type);
    text += node.value ?? '';
    for (const child of node.children ?? []) visit(child);
  };
  visit(fromMarkdown(markdown));
  return { types, text };
}

const own = new Set(['root', 'paragraph', 'text', 'strong', 'emphasis', 'thematicBreak', 'list', 'listItem']);

describe('the tooltip of a correction', () => {
  it('shows words, what the agent had done, and every judgement with its reason', () => {
    const { text } = read(
      correctionTooltip(
        correction({
          promptInForce: { path: 'CLAUDE.md', version: '1.2.0', basis: 'deployment' },
          redactions: 2,
          timestamp: '2026-11-03T09:30:00.000',
        }),
        'en-GB',
      ),
    );
    expect(text).toContain('“No, use the helper.”');
    expect(text).toContain('The agent had done: “I wrote it anew.”');
    expect(text).toContain('Agent: main, 3 Nov 2026, 09:30');
    expect(text).toContain('Type: approach correction (no words that speak of another type)');
    expect(text).toContain('Severity: medium (the person said “no”)');
    expect(text).toContain('likely a correction: 0.83, by the words');
    expect(text).toContain('Prompt in force: CLAUDE.md 1.2.0 (it was the deployed version at that time)');
    expect(text).toContain('2 secrets redacted');
    expect(text).toContain('Source: sessions/s1.jsonl, line 12');
  });

  it('gives no likelihood for what was done, and a short hash where there is no version', () => {
    const contentHash = '0123456789abcdef';
    const { text } = read(
      correctionTooltip(
        correction({
          signal: 'interrupted',
          userCorrection: '',
          promptInForce: { path: 'CLAUDE.md', contentHash, basis: 'hook' },
        }),
      ),
    );
    expect(text).toContain('No words');
    expect(text).not.toContain('likely');
    expect(text).toContain('CLAUDE.md 01234567 (');
  });

  it('shows whatever stands in a transcript as plain text', () => {
    const attack =
      '[Run](command:claudePm.deploy) <a href="command:x">y</a> ![p](http://e.test/p) `c` **b** $(trash)';
    const hostile = correction({
      userCorrection: attack,
      originalResponse: `# h\n\n- ${attack}`,
      agentType: attack,
      edit: { file: attack, before: attack, after: '' },
      reasons: { correctionType: attack, severity: attack },
      promptInForce: { path: attack, basis: 'hook' },
      evidence: { path: attack, line: 3 },
      edited: { at: '2026-11-04T00:00:00Z', fields: [attack], dismissed: true, reason: attack },
    });
    const { types, text } = read(correctionTooltip(hostile));
    expect([...types].filter((type) => !own.has(type))).toEqual([]);
    expect(text.split('[Run](command:claudePm.deploy)').length).toBeGreaterThan(8);
  });

  it('lets no text whatever make anything of itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        const hostile = correction({ userCorrection: words, originalResponse: words, agentType: words });
        const { types } = read(correctionTooltip(hostile));
        expect([...types].filter((type) => !own.has(type))).toEqual([]);
      }),
    );
  });

  it('stays short', () => {
    const text = 'word '.repeat(2000);
    const long = correction({
      userCorrection: text,
      originalResponse: text,
      edit: { file: text, before: text, after: text },
    });
    expect(correctionTooltip(long).length).toBeLessThan(3000);
  });
});

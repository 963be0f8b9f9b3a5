import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../../src/core/model/improvement';
import { hunkItem } from '../../../src/core/report/hunkItem';

const plain: Hunk = {
  hunkId: 'h_1',
  strategy: 'additive',
  section: 'Testing',
  startLine: 4,
  before: '',
  after: '- Run the tests.\n',
  reason: 'Corrected 6 times in 5 sessions.',
  patternIds: ['p_1'],
  evidence: [],
  confidence: 0.9,
  tokenDelta: 5,
  decision: 'pending',
};

function shown(more: Partial<Hunk> = {}): string {
  return hunkItem({ ...plain, ...more }, false).markup;
}

describe('a hunk in the report', () => {
  it('names the parts of its confidence', () => {
    const page = shown({ confidenceParts: { evidence: 0.95, clarity: 0.9, check: 0.85 } });
    expect(page).toContain('confidence 90% (evidence 95%, clarity 90%, static check 85%)');
  });

  it('says what a check noted, and nothing of those that passed', () => {
    const page = shown({
      checks: [
        { check: 'token-cost', outcome: 'noted', note: 'It adds 80 tokens.' },
        { check: 'duplicate', outcome: 'passed', note: 'No line says it.' },
      ],
    });
    expect(page).toContain('It adds 80 tokens.');
    expect(page).not.toContain('No line says it.');
  });

  it('names a model that wrote the words, and nobody otherwise', () => {
    expect(shown({ writer: { kind: 'model', model: 'ollama:small' } })).toContain('words by ollama:small');
    expect(shown({ writer: { kind: 'offline' } })).not.toContain('words by');
  });

  it('shows the draft of a hook as text, never as markup', () => {
    const page = shown({
      advice: {
        kind: 'hook',
        reason: 'It was not followed after it was sharpened.',
        files: [{ path: '.claude/hooks/x.mjs', text: '<script>alert(1)</script>' }],
      },
    });
    expect(page).toContain('a hook');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script>');
  });

  it('shows where the rule belongs and what was said when it was decided', () => {
    const page = shown({
      scope: { kind: 'folder', reason: 'All of it happened below src/db.' },
      decision: 'rejected',
      decisionReason: 'too-specific',
    });
    expect(page).toContain('Scope: folder. All of it happened below src/db.');
    expect(page).toContain('Said when it was rejected: too-specific');
  });
});

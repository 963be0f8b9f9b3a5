import { expect, it } from 'vitest';
import type { RuleEffect } from '../../../src/core/observe/ruleEffects';
import { observedPage } from '../../../src/host/deployment/observedPage';

const none = { sessions: 0, corrections: 0, rate: null, interval: null };
const hostile: RuleEffect = {
  hunkId: 'h_<img src=x>',
  improvementId: 'i1',
  templateId: 't1',
  agentType: 'qa',
  path: '[a](command:x).md',
  line: 3,
  section: 'Rules',
  text: '- Run **it**: [here](command:workbench.action.quit) <script>alert(1)</script>\n',
  patternIds: ['p1'],
  version: '1.1.0',
  since: '2026-03-02T08:00:00.000Z',
  tokens: 12,
  tokensSaved: 12,
  rates: { before: none, after: none, change: null, dispersion: 1 },
  state: 'no-baseline',
  experiment: { experimentId: 'e1', cause: 'superior', reason: '![x](http://example.org/y.png)' },
  offer: null,
};

it('lists rules with texts that are data: no link, no image, no HTML', () => {
  const page = observedPage('CLAUDE.md', [], { rules: [hostile], pruned: [] });
  expect(page).toContain('## Rules');
  expect(page).toContain('no session before it is recorded');
  expect(page).not.toMatch(/(?<!\\)\]\(|(?<!\\)<(?:script|img)|(?<!\\)\*\*it/);
});

it('says of pruned rules what they saved, and nothing of rules where there are none', () => {
  const gone = {
    ...{ hunkId: 'h1', templateId: 't1', path: 'CLAUDE.md', text: '- Be brief.\n' },
    ...{ tokensSaved: 3, experimentId: 'e1' },
  };
  const page = observedPage('CLAUDE.md', [], { rules: [], pruned: [gone] });
  expect(page).toContain('Rules taken out after a test');
  expect(page).toContain('about 3 tokens saved');
  expect(observedPage('CLAUDE.md', [], { rules: [], pruned: [] })).not.toContain('ules');
});

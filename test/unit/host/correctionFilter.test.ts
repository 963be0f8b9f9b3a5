import { expect, it } from 'vitest';
import {
  countBy,
  filterInWords,
  isFiltering,
  noFilter,
  passes,
} from '../../../src/host/corrections/correctionFilter';
import { correction } from './corrections';

it('shows everything where nothing is chosen', () => {
  expect(isFiltering(noFilter)).toBe(false);
  expect(passes(noFilter, correction())).toBe(true);
});

it('takes one of each kind that is chosen', () => {
  const filter = { agents: ['QA', 'main'], signals: ['message'], severities: [] } as const;
  expect(isFiltering(filter)).toBe(true);
  expect(passes(filter, correction({ agentType: 'QA' }))).toBe(true);
  expect(passes(filter, correction({ agentType: 'Ops' }))).toBe(false);
  expect(passes(filter, correction({ agentType: 'QA', signal: 'interrupted' }))).toBe(false);
  expect(filterInWords({ ...filter, severities: ['high'] })).toBe('QA, main, message, high');
});

it('counts what there is to choose, the most frequent first', () => {
  const all = [correction({ agentType: 'QA' }), correction(), correction()];
  expect(countBy(all, ({ agentType }) => agentType)).toEqual([
    ['main', 2],
    ['QA', 1],
  ]);
});

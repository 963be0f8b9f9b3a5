import { describe, expect, it } from 'vitest';
import { patternRow } from '../../../src/core/report/patternRow';
import type { PatternRow } from '../../../src/protocol';
import { filterRows, isFiltering, optionsOf, searchable, sortRows } from '../../../src/webview/filters';
import { sampleEntry } from './samples';

function row(id: string, more: Partial<PatternRow>) {
  const { signals, fileKinds, tools, weeks, ...rest } = patternRow(sampleEntry());
  const lists = { signals: [...signals], fileKinds: [...fileKinds], tools: [...tools], weeks: [...weeks] };
  return searchable({ ...rest, ...lists, id, ...more });
}

const rows = [
  row('a', {
    title: 'Run the unit tests',
    agent: 'qa',
    severity: 'low',
    signals: ['message'],
    fileKinds: ['.ts', '.md'],
    impact: 0.2,
    sessions: 9,
    trend: 'falling',
    slope: -1,
  }),
  row('b', {
    title: 'Ask before publishing',
    signals: ['tool-rejected', 'message'],
    tools: ['Bash'],
    coverage: 'missing',
    impact: 0.4,
    confidence: 0.7,
    trend: 'rising',
    slope: 0.1,
    text: 'publish\nDo NOT publish without asking',
  }),
  row('c', {
    title: 'Use the session workspace',
    impact: 0.3,
    confidence: 0.95,
    lastSeen: '2026-03-01T01:00:00+02:00',
    trend: 'rising',
    slope: 2,
  }),
];
const ids = (found: readonly { id: string }[]) => found.map(({ id }) => id);

describe('a filter', () => {
  it('takes a value of each dimension', () => {
    expect(ids(filterRows(rows, { text: '', filters: { agent: 'qa' } }))).toEqual(['a']);
    expect(ids(filterRows(rows, { text: '', filters: { signal: 'message' } }))).toEqual(['a', 'b']);
    expect(ids(filterRows(rows, { text: '', filters: { fileKind: '.md' } }))).toEqual(['a']);
    expect(ids(filterRows(rows, { text: '', filters: { tool: 'Bash' } }))).toEqual(['b']);
    expect(ids(filterRows(rows, { text: '', filters: { coverage: 'missing' } }))).toEqual(['b']);
    expect(ids(filterRows(rows, { text: '', filters: { severity: 'low' } }))).toEqual(['a']);
    expect(ids(filterRows(rows, { text: '', filters: { type: 'approach_correction' } }))).toHaveLength(3);
  });

  it('takes only what fits all of them', () => {
    expect(ids(filterRows(rows, { text: '', filters: { signal: 'message', trend: 'rising' } }))).toEqual([
      'b',
    ]);
    expect(filterRows(rows, { text: 'tests', filters: { trend: 'rising' } })).toEqual([]);
  });

  it('searches every word in title, terms and quotations, in any case', () => {
    expect(ids(filterRows(rows, { text: 'PUBLISH asking', filters: {} }))).toEqual(['b']);
    expect(ids(filterRows(rows, { text: 'workspac', filters: {} }))).toEqual(['a', 'c']);
    expect(filterRows(rows, { text: '.*', filters: {} })).toEqual([]);
  });

  it('is none where nothing is asked for', () => {
    expect(isFiltering({ text: '  ', filters: {} })).toBe(false);
    expect(isFiltering({ text: '', filters: { agent: 'qa' } })).toBe(true);
  });

  it('offers the values there are, the most frequent first, with their number', () => {
    expect(optionsOf(rows, 'signal')).toEqual([
      { value: 'message', count: 2 },
      { value: 'tool-rejected', count: 1 },
    ]);
    expect(optionsOf(rows, 'fileKind')).toEqual([
      { value: '.md', count: 1 },
      { value: '.ts', count: 1 },
    ]);
  });
});

describe('the order of the list', () => {
  it('is by impact, or as the person asks', () => {
    expect(ids(sortRows(rows, 'impact'))).toEqual(['b', 'c', 'a']);
    expect(ids(sortRows(rows, 'confidence'))).toEqual(['c', 'a', 'b']);
    expect(ids(sortRows(rows, 'sessions'))).toEqual(['a', 'b', 'c']);
    expect(ids(sortRows(rows, 'lastSeen'))).toEqual(['c', 'b', 'a']);
    expect(ids(sortRows(rows, 'trend'))).toEqual(['c', 'b', 'a']);
  });
});

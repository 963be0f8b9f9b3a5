import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/core/model/experiment';
import { experimentViews, shareNow, wasRolledBack } from '../../../src/host/canary/experimentView';
import { onlyRemoves } from '../../../src/host/canary/onlyRemoves';
import { at, experiment } from '../canary/experimentSamples';

type Cause = NonNullable<Experiment['end']>['cause'];

function ended(experimentId: string, minute: number, cause: Cause = 'request'): Experiment {
  const end = { at: at(minute), cause, automatic: false, reason: 'r', inputs: {} };
  return experiment({ experimentId, status: 'rolled-back', end });
}

describe('the experiment that a template’s row shows', () => {
  it('is the one that runs, however many have ended', () => {
    const running = experiment({ experimentId: 'running' });
    const views = experimentViews([ended('a', 90), running, ended('b', 99)], new Map());
    expect(views.get('claude-agents-qa')?.experiment.experimentId).toBe('running');
  });

  it('is else the last that ended', () => {
    const views = experimentViews([ended('a', 9), ended('b', 99), ended('c', 50)], new Map());
    expect(views.get('claude-agents-qa')?.experiment.experimentId).toBe('b');
  });

  it('has the standing that somebody found, and none before', () => {
    const standing = { sessions: 3, text: 'E is 2.', promotionDue: false };
    const records = [experiment(), experiment({ experimentId: 'e2', templateId: 'other' })];
    const views = experimentViews(records, new Map([['e1', standing]]));
    expect(views.get('claude-agents-qa')?.standing).toEqual(standing);
    expect(views.get('other')?.standing).toBeUndefined();
  });

  it('gives the share of its stage', () => {
    const stages = [0.125, 0.5].map((share) => ({ share, sessions: 0 }));
    expect(shareNow(experiment({ stages }))).toBe('12.5%');
    expect(shareNow(experiment({ stages, stage: 1 }))).toBe('50%');
  });

  it.each([
    ['harm', true],
    ['ratio-broken', true],
    ['candidate-broken', true],
    ['request', false],
    ['time-over', false],
    ['superior', false],
  ] as const)('is a warning only where something was wrong: %s', (cause, isWrong) => {
    expect(wasRolledBack(ended('a', 1, cause))).toBe(isWrong);
  });
});

describe('a candidate that only removes', () => {
  it.each([
    ['a line in the middle', 'a\nb\nc\n', 'a\nc\n', true],
    ['a repeated line', 'a\na\nb', 'a\nb', true],
    ['nothing', 'a\nb', 'a\nb', false],
    ['one line and adds another', 'a\nb\nc', 'a\nd', false],
    ['nothing and adds', 'a', 'a\nb', false],
    ['nothing but turns lines round', 'a\nb', 'b\na', false],
  ])('%s', (_name, before, after, expected) => {
    expect(onlyRemoves(before, after)).toBe(expected);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentUnits } from '../../../src/core/canary/units';
import type { Correction, Session } from '../../../src/core/model/correction';
import type { Experiment, Exposure } from '../../../src/core/model/experiment';
import { at, correction, experiment, exposure, session, start, usage } from './experimentSamples';

const late = start + 10_000 * 60_000;

interface Given {
  readonly of?: Experiment;
  readonly exposures?: readonly Exposure[];
  readonly sessions?: readonly Session[];
  readonly corrections?: readonly Correction[];
  readonly now?: number;
}

function join({ of = experiment(), exposures = [], sessions = [], corrections = [], now = late }: Given) {
  const isAddressed = (id: string) => id.startsWith('addressed');
  return experimentUnits(of, exposures, sessions, corrections, isAddressed, now);
}

describe('the sessions of an experiment', () => {
  it('count the corrections of the agent since the session was assigned, the addressed ones apart', () => {
    const { units } = join({
      exposures: [exposure('s', 10, { agentType: 'QA', share: 0.1, stage: 1 })],
      sessions: [session('s', 1, 60, { usage: { QA: usage(), main: usage({ turns: 9 }) } })],
      corrections: [
        correction('early', 's', 9),
        correction('addressed', 's', 10, { agentType: 'Qa' }),
        correction('other', 's', 12),
        correction('of-main', 's', 13, { agentType: 'main' }),
        correction('elsewhere', 't', 13),
      ],
    });
    expect(units).toEqual([
      {
        sessionId: 's',
        variant: 'canary',
        share: 0.1,
        stage: 1,
        endedAt: Date.parse(at(60)),
        corrections: 2,
        addressed: 1,
        interruptions: 0,
        turns: 3,
        tokens: 3250,
      },
    ]);
  });

  it('keep what chance gave them, also where they got the original', () => {
    const { units, faults, contaminated } = join({
      exposures: [
        exposure('s', 1, { variant: 'control', fault: 'twin-missing' }),
        exposure('s', 2, { variant: 'control', fault: 'twin-missing' }),
        exposure('t', 1, { assigned: 'control', variant: 'control' }),
      ],
      sessions: [session('s', 0, 5), session('t', 0, 6)],
    });
    expect(units.map(({ sessionId, variant }) => [sessionId, variant])).toEqual([
      ['s', 'canary'],
      ['t', 'control'],
    ]);
    expect(faults).toEqual({ 'twin-missing': 1, 'twin-changed': 0, 'addition-missing': 0 });
    expect(contaminated).toBe(0);
  });

  it('go by the first assignment where a later one differs, and are told of', () => {
    const { units, contaminated } = join({
      exposures: [
        exposure('s', 20),
        exposure('s', 5, { assigned: 'control', variant: 'control', share: 0.1 }),
      ],
      sessions: [session('s', 0, 30)],
      corrections: [correction('c', 's', 6)],
    });
    expect(units).toMatchObject([{ variant: 'control', share: 0.1, corrections: 1 }]);
    expect(contaminated).toBe(1);
  });

  it('wait until nothing was added for as long as the rule says', () => {
    const given = { exposures: [exposure('s', 1)], sessions: [session('s', 0, 10)] };
    const settled = start + 40 * 60_000;
    expect(join({ ...given, now: settled - 1 })).toMatchObject({ units: [], unsettled: 1 });
    expect(join({ ...given, now: settled })).toMatchObject({ units: [{ sessionId: 's' }], unsettled: 0 });
    const again = [...given.exposures, exposure('s', 30)];
    expect(join({ ...given, exposures: again, now: settled })).toMatchObject({ units: [], unsettled: 1 });
  });

  it('are counted by variant where no transcript reaches to the assignment', () => {
    const given = {
      exposures: [
        exposure('none', 10),
        exposure('stale', 10, { assigned: 'control', variant: 'control' }),
        exposure('another source', 10),
      ],
      sessions: [
        session('stale', 0, 9),
        session('another source', 0, 9),
        session('another source', 0, 11, { source: 'cursor' }),
      ],
    };
    expect(join(given)).toMatchObject({
      units: [],
      unsettled: 0,
      withoutTranscript: { control: 1, canary: 2 },
    });
    expect(join({ ...given, now: start + 11 * 60_000 })).toMatchObject({
      unsettled: 3,
      withoutTranscript: { control: 0, canary: 0 },
    });
  });

  it('say that cost is not known rather than 0', () => {
    const of = (found: Session) => join({ exposures: [exposure('s', 5)], sessions: [found] }).units[0];
    expect(of(session('s', 0, 10))).toMatchObject({ turns: null, tokens: null });
    expect(of(session('s', 0, 10, { usage: { main: usage() } }))).toMatchObject({
      turns: null,
      tokens: null,
    });
    const partly = session('s', 0, 10, { usage: { qa: usage({ turnsWithoutTokens: 1 }) } });
    expect(of(partly)).toMatchObject({ turns: 3, tokens: null });
    const before = session('s', -1, 10, { usage: { qa: usage() } });
    expect(of(before)).toMatchObject({ turns: null, tokens: null });
  });

  it('take interruptions from the transcript, else from the corrections', () => {
    const given = {
      exposures: [exposure('s', 5)],
      corrections: [
        correction('a', 's', 4, { signal: 'interrupted' }),
        correction('b', 's', 6, { signal: 'interrupted' }),
      ],
    };
    const told = session('s', 0, 10, { usage: { qa: usage({ interruptions: 2 }) } });
    expect(join({ ...given, sessions: [told] }).units[0]?.interruptions).toBe(2);
    expect(join({ ...given, sessions: [session('s', 0, 10)] }).units[0]?.interruptions).toBe(1);
  });

  it('count a rewritten edit for when the agent made it', () => {
    const rewritten = (id: string, editedAt: string) =>
      correction(id, 's', 900, { signal: 'post-edit', context: { editedAt } });
    const { units } = join({
      exposures: [exposure('s', 5)],
      sessions: [session('s', 0, 10)],
      corrections: [rewritten('before', at(4)), rewritten('after', at(6))],
    });
    expect(units[0]?.corrections).toBe(1);
  });

  it('leave other experiments and other agents out', () => {
    const { units, unsettled } = join({
      exposures: [exposure('s', 1, { experimentId: 'e2' }), exposure('t', 1, { agentType: 'ops' })],
      sessions: [session('s', 0, 10), session('t', 0, 10)],
    });
    expect({ units, unsettled }).toEqual({ units: [], unsettled: 0 });
  });
});

describe('whatever the logs hold', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');
  const minutes = fc.integer({ min: -100, max: 5000 });
  const variant = fc.constantFrom('control' as const, 'canary' as const);
  const exposures = fc.array(
    fc
      .record({ sessionId: id, minutes, assigned: variant, variant })
      .map(({ sessionId, minutes: when, ...rest }) => exposure(sessionId, when, rest)),
  );
  const sessions = fc.array(
    fc.tuple(id, minutes, fc.nat(500)).map(([name, from, length]) => session(name, from, from + length)),
  );
  const corrections = fc
    .array(fc.tuple(id, minutes))
    .map((all) =>
      all.map(([sessionId, when], index) =>
        correction(`${index % 2 === 0 ? 'addressed' : 'other'}${index}`, sessionId, when),
      ),
    );

  it('every assigned session stands in one place, in an order that does not hang on that of the logs', () => {
    fc.assert(
      fc.property(exposures, sessions, corrections, minutes, (exposed, read, corrected, when) => {
        const given = {
          exposures: exposed,
          sessions: read,
          corrections: corrected,
          now: start + when * 60_000,
        };
        const found = join(given);
        const { units, unsettled, withoutTranscript } = found;
        const places = units.length + unsettled + withoutTranscript.control + withoutTranscript.canary;
        expect(places).toBe(new Set(exposed.map(({ sessionId }) => sessionId)).size);
        expect(units.every((one) => one.addressed <= one.corrections)).toBe(true);
        expect(units.map(({ endedAt }) => endedAt)).toEqual(
          units.map(({ endedAt }) => endedAt).toSorted((a, b) => a - b),
        );
        expect(units.reduce((sum, one) => sum + one.corrections, 0)).toBeLessThanOrEqual(corrected.length);
        const turned = join({ ...given, corrections: corrected.toReversed() });
        expect(turned).toEqual(found);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { ruled, SimulatedExperiment, type SimulatedWorld, usual } from './simulatedExperiment';

const nothing: SimulatedWorld = { control: usual, canary: usual };
const better: SimulatedWorld = { control: usual, canary: { ...usual, addressed: 0.1 } };
const worse: SimulatedWorld = { control: usual, canary: { ...usual, addressed: 0.6 } };

/**
 * What looking after every session would have come to: the evidence after the last session knows when each test first reached its
 * threshold. One stage, so that no decision changes what comes.
 */
function streams(world: SimulatedWorld, count: number, sessions: number) {
  return Array.from({ length: count }, (_, seed) => {
    const stages = [{ share: 0.5, sessions: 0 }];
    const simulated = new SimulatedExperiment(world, ruled({}, { stages }), seed + 1);
    for (let index = 0; index < sessions; index++) simulated.addSession();
    return simulated.look().evidence;
  });
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

describe('decisions over many experiments, looked at after every session', () => {
  it('promotes or rolls back hardly any candidate that changes nothing', () => {
    const evidence = streams(nothing, 150, 300);
    // Upper ends of what 150 experiments at the level of 5% give by chance, at 1 in 1,000.
    const most = 0.05 + 3.09 * Math.sqrt((0.05 * 0.95) / 150);
    const share = (is: (each: (typeof evidence)[number]) => boolean) =>
      evidence.filter(is).length / evidence.length;
    expect(share(({ goal }) => goal.reachedAt !== null)).toBeLessThan(most);
    expect(share(({ harm }) => harm.reachedAt !== null)).toBeLessThan(most);
    expect(share(({ ratio }) => ratio.broken)).toBeLessThan(0.01 + 3.09 * Math.sqrt((0.01 * 0.99) / 150));
  });

  it('promotes a candidate that helps, and rolls back one that hurts', () => {
    const promoted = streams(better, 30, 400).flatMap(({ goal, metrics }) => {
      const shown = [goal.reachedAt, ...metrics.map(({ notWorse }) => notWorse.reachedAt)];
      return shown.includes(null)
        ? []
        : [{ goal: Number(goal.reachedAt), all: Math.max(...shown.map(Number)) }];
    });
    expect(promoted.length).toBeGreaterThanOrEqual(21);
    // 30% to 10%: about 47 pairs.
    expect(median(promoted.map(({ goal }) => goal))).toBeLessThan(130);
    const harmed = streams(worse, 30, 300).map(({ harm }) => harm.reachedAt ?? Number.POSITIVE_INFINITY);
    expect(median(harmed)).toBeLessThan(120);
  });

  it('finds an assignment that is not what was stated, and sessions that do not come back', () => {
    const broken = streams({ ...nothing, assignedBy: 0.35 }, 20, 300);
    expect(broken.filter(({ ratio }) => ratio.broken).length).toBeGreaterThanOrEqual(18);
    const lost = streams({ ...nothing, canaryLost: 0.5 }, 20, 300);
    expect(
      lost.filter(({ ratio }) => ratio.broken && ratio.assigned < ratio.threshold).length,
    ).toBeGreaterThanOrEqual(18);
  });
});

describe('one experiment, step by step', () => {
  it('goes through its stages and promotes', () => {
    const simulated = new SimulatedExperiment(better, ruled(), 3);
    const { decision, sessions } = simulated.run(800, 5);
    expect(decision).toMatchObject({ action: 'promote', cause: 'superior' });
    expect(simulated.experiment.stage).toBe(1);
    expect(sessions).toBeGreaterThan(50);
    const shares = new Set(simulated.exposures.map(({ share }) => share));
    expect([...shares]).toEqual([0.1, 0.5]);
    // Once is for ever: no later look takes it back.
    simulated.addSession();
    expect(simulated.look().decision.action).toBe('promote');
  });

  it('rolls back what hurts', () => {
    const { decision } = new SimulatedExperiment(worse, ruled(), 4).run(600);
    expect(decision).toMatchObject({ action: 'roll-back', cause: 'harm' });
    expect(decision.reason).toContain('sessions with a correction');
  });

  it('waits at all sessions where a stage says so', () => {
    const stages = [
      { share: 0.5, sessions: 0 },
      { share: 1, sessions: 5 },
    ];
    const simulated = new SimulatedExperiment(better, ruled({}, { stages }), 3);
    const { decision } = simulated.run(800, 5);
    expect(decision.action).toBe('promote');
    expect(simulated.exposures.filter(({ share }) => share === 1)).toHaveLength(5);
  });

  it('ends without a decision at its limit', () => {
    const { decision, sessions } = new SimulatedExperiment(nothing, ruled({ mostSessions: 60 }), 5).run(100);
    expect(decision).toMatchObject({ action: 'end', cause: 'time-over' });
    expect(sessions).toBe(60);
    const days = new SimulatedExperiment(nothing, ruled({ mostDays: 1 }), 5).run(100);
    expect(days.decision).toMatchObject({ action: 'end', cause: 'time-over' });
    expect(days.sessions).toBe(24);
  });

  it('finds that a removed rule is not missed', () => {
    const rule = ruled({ goal: 'non-inferiority' });
    const quiet = { ...usual, addressed: 0.02 };
    const { decision } = new SimulatedExperiment({ control: quiet, canary: quiet }, rule, 6).run(900, 10);
    expect(decision).toMatchObject({ action: 'promote', cause: 'not-worse' });
  });
});

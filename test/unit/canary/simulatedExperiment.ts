import type { ExperimentEvidence } from '../../../src/core/canary/assessment';
import { type Decision, decide } from '../../../src/core/canary/decide';
import { gatherEvidence } from '../../../src/core/canary/evidence';
import { experimentUnits } from '../../../src/core/canary/units';
import type { Correction, Session } from '../../../src/core/model/correction';
import type { Experiment, Exposure, Variant } from '../../../src/core/model/experiment';
import { seededRandom } from '../../../src/node/seededRandom';
import { at, correction, experiment, exposure, session, start, usage } from './experimentSamples';

/** What a session of a variant is like. */
export interface SimulatedVariant {
  /** Chance of a correction of an addressed pattern. */
  readonly addressed: number;
  /** Chance of another correction. */
  readonly other: number;
  readonly interrupted: number;
  /** Median tokens; log-normal about it. */
  readonly tokens: number;
}

export const usual: SimulatedVariant = { addressed: 0.3, other: 0.1, interrupted: 0.05, tokens: 20_000 };

export interface SimulatedWorld {
  readonly control: SimulatedVariant;
  readonly canary: SimulatedVariant;
  /** Chance with which sessions are really assigned; the stated one where it is not given. */
  readonly assignedBy?: number;
  /** Chance that a session of the candidate leaves no transcript. */
  readonly canaryLost?: number;
}

/** Records of sessions that come one an hour, as the hook and an import would leave them. */
export class SimulatedExperiment {
  readonly exposures: Exposure[] = [];
  readonly sessions: Session[] = [];
  readonly corrections: Correction[] = [];
  readonly addressed = new Set<string>();
  readonly #random;

  constructor(
    readonly world: SimulatedWorld,
    public experiment: Experiment,
    seed: number,
  ) {
    this.#random = seededRandom(seed);
  }

  addSession(): void {
    const { stages, stage } = this.experiment;
    const share = stages[stage]?.share ?? 1;
    const chance = this.world.assignedBy ?? share;
    const assigned: Variant = this.#random.next() < chance ? 'canary' : 'control';
    const index = this.exposures.length;
    const id = `s${String(index).padStart(5, '0')}`;
    const minutes = index * 60;
    this.exposures.push(exposure(id, minutes, { assigned, variant: assigned, share, stage }));
    const { addressed, other, interrupted, tokens } = this.world[assigned];
    const lost = assigned === 'canary' && this.#random.next() < (this.world.canaryLost ?? 0);
    if (this.#random.next() < addressed) {
      this.corrections.push(correction(`${id}-a`, id, minutes + 5));
      this.addressed.add(`${id}-a`);
    }
    if (this.#random.next() < other) this.corrections.push(correction(`${id}-o`, id, minutes + 6));
    const spread = this.#normal();
    const taken = {
      turns: Math.max(1, Math.round(8 * Math.exp(0.5 * spread))),
      inputTokens: Math.round(tokens * Math.exp(0.8 * this.#normal())),
      interruptions: this.#random.next() < interrupted ? 1 : 0,
    };
    if (!lost) this.sessions.push(session(id, minutes, minutes + 20, { usage: { qa: usage(taken) } }));
  }

  /** Milliseconds since 1970: the newest session has settled. */
  get now(): number {
    return start + this.exposures.length * 3_600_000;
  }

  look(): { evidence: ExperimentEvidence; decision: Decision } {
    const { units } = experimentUnits(
      this.experiment,
      this.exposures,
      this.sessions,
      this.corrections,
      (id) => this.addressed.has(id),
      this.now,
    );
    const evidence = gatherEvidence(this.experiment, units, this.exposures);
    return { evidence, decision: decide({ experiment: this.experiment, evidence, now: this.now }) };
  }

  /** Looks after every so many sessions and follows each decision, until one ends it. */
  run(most: number, between = 1): { decision: Decision; sessions: number } {
    for (let count = 1; ; count++) {
      this.addSession();
      if (count % between !== 0 && count < most) continue;
      const { decision } = this.look();
      if (decision.action === 'stage') {
        const { stage } = decision;
        const stagesBegan = [...this.experiment.stagesBegan, at(count * 60)];
        this.experiment = { ...this.experiment, stage, stagesBegan };
      } else if (decision.action !== 'go-on' || count >= most) return { decision, sessions: count };
    }
  }

  #normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.#random.next()));
    return radius * Math.cos(2 * Math.PI * this.#random.next());
  }
}

/** As the defaults lay it down, unless said otherwise. */
export function ruled(over: Partial<Experiment['rule']> = {}, rest: Partial<Experiment> = {}): Experiment {
  return experiment({
    stages: [
      { share: 0.1, sessions: 10 },
      { share: 0.5, sessions: 0 },
      { share: 1, sessions: 0 },
    ],
    ...rest,
    rule: {
      goal: 'superiority',
      alpha: 0.05,
      ratioAlpha: 0.01,
      shareMargin: 0.1,
      costMargin: 0.2,
      mostSessions: 1000,
      mostDays: 365,
      settleMinutes: 30,
      ...over,
    },
  });
}

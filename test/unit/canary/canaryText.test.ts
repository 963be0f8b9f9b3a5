import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/canary/assess';
import { experimentLines, ruleLines } from '../../../src/core/canary/canaryText';
import type { ExperimentStatus } from '../../../src/core/canary/canaryWatch';
import { decide } from '../../../src/core/canary/decide';
import { experimentUnits } from '../../../src/core/canary/units';
import { canaryPart } from '../../../src/core/report/canary/canaryPart';
import { reportPieces } from '../../../src/core/report/exportReport';
import { webviewPage } from '../../../src/core/report/webviewPage';
import { sampleModel } from '../report/samples';
import { ruled, SimulatedExperiment, usual } from './simulatedExperiment';

function statusAfter(sessions: number, over: Parameters<typeof ruled>[1] = {}): ExperimentStatus {
  const stages = [{ share: 0.5, sessions: 0 }];
  const world = { control: usual, canary: { ...usual, addressed: 0.1 } };
  const simulated = new SimulatedExperiment(world, ruled({}, { stages, ...over }), 2);
  for (let index = 0; index < sessions; index++) simulated.addSession();
  const { experiment, exposures, now } = simulated;
  const joined = experimentUnits(
    experiment,
    exposures,
    simulated.sessions,
    simulated.corrections,
    (id) => simulated.addressed.has(id),
    now,
  );
  const assessment = assess(experiment, joined, exposures);
  return { experiment, assessment, decision: decide({ experiment, evidence: assessment, now }) };
}

describe('an experiment in words', () => {
  it('says of an experiment without a session that nothing is known', () => {
    const text = experimentLines(statusAfter(0)).join('\n');
    expect(text).toContain('Settled sessions: 0 of the original, 0 of the candidate.');
    expect(text).toContain('Goal: E 1.00, at most 1.00, of the 20.0 needed.');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('gives both variants with counts, shares and intervals', () => {
    const status = statusAfter(120);
    const { figures, sessions } = status.assessment;
    expect(sessions.control + sessions.canary).toBe(120);
    const addressed = figures.find(({ key }) => key === 'addressed');
    expect(addressed?.control.sessions).toBe(sessions.control);
    expect(addressed?.differenceInterval?.[0]).toBeLessThan(addressed?.difference ?? 0);
    const text = experimentLines(status).join('\n');
    expect(text).toContain(`${addressed?.canary.sessionsWith} of ${sessions.canary} sessions`);
    expect(text).toContain('always-valid interval');
    expect(text).not.toMatch(/NaN|undefined|null|Infinity/);
  });

  it('says what the rule is before anything is seen', () => {
    const text = ruleLines(ruled()).join('\n');
    expect(text).toContain('E reaches 20');
    expect(text).toContain('E reaches 200');
    expect(text).toContain('10% for 10 sessions with the candidate, 50%, 100%');
    expect(ruleLines(ruled({}, { dryRun: true })).at(-1)).toContain('dry run');
  });
});

describe('the page of experiments', () => {
  it('says what one would get where there is none', () => {
    expect(canaryPart([]).markup).toContain('No experiment yet');
  });

  it('draws the path and gives it as a table, escapes what records hold, and has no odd number', () => {
    const { markup } = canaryPart([
      statusAfter(60, { agentType: 'qa', path: '<img src=x onerror=alert(1)>', startedBy: '"><script>' }),
    ]);
    expect(markup).toContain('<polyline class="goal"');
    expect(markup).toContain('The path, as a table');
    expect(markup).not.toContain('<img');
    expect(markup).not.toContain('<script');
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
    expect(markup.match(/<tr>/g)?.length).toBeGreaterThan(20);
  });

  it('stands in the exported page and data, without the key that tells which sessions get the candidate', () => {
    const model = { ...sampleModel, experiments: [statusAfter(40, { key: 'c0ffee00c0ffee00' })] };
    const page = [...reportPieces(model, 'html')].join('');
    expect(page).toContain('<h2>Experiments</h2>');
    expect(page).toContain('.evidence .goal');
    expect(page).not.toContain('c0ffee');
    const data = [...reportPieces(model, 'json')].join('');
    expect(JSON.parse(data)).toMatchObject({ experiments: [{ experiment: { experimentId: 'e1' } }] });
    expect(data).not.toContain('c0ffee');
    expect([...reportPieces(sampleModel, 'html')].join('')).not.toContain('<h2>Experiments</h2>');
  });

  it('has a tab and a style of its own in the window', () => {
    const page = webviewPage({ nonce: 'n', script: 's' });
    expect(page).toContain('id="panel-experiments"');
    expect(page).toContain('.evidence .goal');
  });

  it('stands before any session has settled', () => {
    expect(canaryPart([statusAfter(0)]).markup).toContain('No session has settled yet');
  });
});

import { describe, expect, it } from 'vitest';
import { openScoringProgram } from '../../../src/node/scoringProgram';
import { scenarios } from './support';

describe('a scoring program', () => {
  it('is not waited for once the run is cancelled', async () => {
    const program = openScoringProgram(`${process.execPath} -e "setInterval(()=>0,1000)"`, {
      timeoutSeconds: 600,
    });
    const controller = new AbortController();
    const [scenario] = scenarios(1);
    if (scenario === undefined) throw new Error('there is a scenario');
    const plan = { scenario, unit: 0, repeat: 0, first: 'a' as const };
    const answer = program.evaluate(plan, { a: 'A', b: 'B' }, controller.signal);
    setTimeout(() => controller.abort(), 100);
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    program.close();
  });
});

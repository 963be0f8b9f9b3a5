import Mocha from 'mocha';
import { activationSuite } from './suites/activation';
import { backupsSuite } from './suites/backups';
import { canarySuite } from './suites/canary';
import { correctionsSuite } from './suites/corrections';
import { deploymentSuite } from './suites/deployment';
import { healthSuite } from './suites/health';
import { hookSuite } from './suites/hook';
import { liveCaptureSuite } from './suites/liveCapture';
import { manyTemplatesSuite } from './suites/manyTemplates';
import { modelsSuite } from './suites/models';
import { moveSuite } from './suites/move';
import { problemsSuite } from './suites/problems';
import { recordingSuite } from './suites/recording';
import { replaySuite } from './suites/replay';
import { reportSuite } from './suites/report';
import { reviewSuite } from './suites/review';
import { runSuite } from './suites/run';
import { versionsSuite } from './suites/versions';

const timeout = 120_000;

/** Entry of the tests inside VS Code's extension host. The suites go on from one another, as a person's session does. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout, bail: false });
  mocha.suite.emit('pre-require', globalThis, 'host', mocha);
  const suites = [
    activationSuite,
    runSuite,
    reportSuite,
    moveSuite,
    reviewSuite,
    deploymentSuite,
    versionsSuite,
  ];
  for (const suite of [
    ...suites,
    liveCaptureSuite,
    recordingSuite,
    correctionsSuite,
    hookSuite,
    problemsSuite,
    healthSuite,
    modelsSuite,
    replaySuite,
    backupsSuite,
    manyTemplatesSuite,
    canarySuite,
  ])
    suite();
  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run((failures) => {
      console.log(
        `HOST_RESULT ${JSON.stringify({ passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? failures })}`,
      );
      resolve(failures);
    });
    runner.on('fail', (test, error: Error) =>
      console.log(`FAILED ${test.fullTitle()}: ${error.stack ?? error.message}`),
    );
    runner.on('pass', (test) => console.log(`passed ${test.fullTitle()}`));
  });
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}

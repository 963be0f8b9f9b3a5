// `npm test`: every suite, or those named (unit, client, host, ui). The last line sums what their runners reported.
import { rmSync } from 'node:fs';
import { build, packageExtension } from './build.ts';
import { resultsFolder } from './paths.ts';
import { provisionBrowser } from './provision/browser.ts';
import { provisionClaudeCode } from './provision/claudeCode.ts';
import { provisionCodeServer } from './provision/codeServer.ts';
import { announce, describeFailure, runToEnd, StepFailed } from './steps.ts';
import { runHostSuite } from './suites/hostSuite.ts';
import { crashed, type Outcome, totalLine } from './suites/outcome.ts';
import { runVitest } from './suites/vitestSuite.ts';

interface Suite {
  readonly name: string;
  /** What has to stand before it runs. */
  readonly prepare: readonly (() => Promise<unknown>)[];
  readonly run: () => Promise<Outcome>;
}

const buildForTests = () => build('--tests');
const suites: readonly Suite[] = [
  {
    name: 'unit',
    prepare: [buildForTests],
    run: () => runVitest('unit', 'test/vitest.config.ts'),
  },
  {
    name: 'client',
    prepare: [buildForTests, provisionClaudeCode],
    run: () => runVitest('client', 'test/client/vitest.config.ts'),
  },
  {
    name: 'host',
    prepare: [buildForTests, provisionCodeServer, provisionBrowser],
    run: runHostSuite,
  },
  {
    name: 'ui',
    prepare: [buildForTests, provisionCodeServer, provisionBrowser, packageExtension],
    run: () => runVitest('ui', 'test/ui/vitest.config.ts'),
  },
];

async function test(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new StepFailed(
      `No suite ${unknown.join(', ')}.`,
      `There are ${suites.map(({ name }) => name).join(', ')}.`,
    );
  }
  rmSync(resultsFolder, { recursive: true, force: true });

  // Several suites share a preparation; it is done once, and fails each that needs it.
  const prepared = new Map<() => Promise<unknown>, Promise<unknown>>();
  const once = (preparation: () => Promise<unknown>) => {
    const promise = prepared.get(preparation) ?? preparation();
    prepared.set(preparation, promise);
    return promise;
  };

  const outcomes: Outcome[] = [];
  for (const suite of suites.filter(({ name }) => names.length === 0 || names.includes(name))) {
    try {
      for (const preparation of suite.prepare) await once(preparation);
      announce(`Suite: ${suite.name}`);
      outcomes.push(await suite.run());
    } catch (error) {
      console.error(`The suite ${suite.name} could not run. ${describeFailure(error)}`);
      outcomes.push(crashed(suite.name));
    }
  }

  console.log('');
  for (const { name, passed, failed, skipped } of outcomes) {
    console.log(
      `${name.padEnd(6)} ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
    );
  }
  console.log(totalLine(outcomes));
  return outcomes.some(({ failed }) => failed > 0) ? 1 : 0;
}

await runToEnd(() => test(process.argv.slice(2)));

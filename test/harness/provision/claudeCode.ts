import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../paths.ts';
import { runNpm } from '../processes.ts';
import { announce, StepFailed } from '../steps.ts';
import { checkIntegrity, fetchOnce } from './fetchOnce.ts';

const version = '2.1.332';
const scope = '@anthropic-ai';

/** Each kind of machine has a package with a native program of its own; the one above them only chooses. */
const integrities: Readonly<Record<string, string>> = {
  'claude-code-darwin-arm64':
    'sha512-L/F5mypyB7SK59cesiAqGv1bVNd+8xTn0LF5kV6EGL6UMhofVJMFlokhDRoxNzANNC5i/5JdzfJyDOKUbZObiA==',
  'claude-code-darwin-x64':
    'sha512-i0GV2ejBOeHMXs+XPCd1IaJj1GV3VdZl8hiQD6hLMR/N7f4Nt8q4Edj1GYJCKXPLJa/zsE9Uv6r9rZ/ldVFQPQ==',
  'claude-code-linux-arm64':
    'sha512-BlHNEtK38KBPWU31F4lUSS9sHclCyfWbThT1CErvxxH8+XcljYLZlQwdyXBkTD62rw1TgfE1u1a+quMWS0NSJg==',
  'claude-code-linux-arm64-musl':
    'sha512-jdjkkJLfAQ9M1HbT05tZHQpGNZUEPUebYwW/xpiMypZddB0lNlHlB9mXfOVV/UUPO0JCghj1NSQjxhhJc4L4CA==',
  'claude-code-linux-x64':
    'sha512-f4JWhzwYutJIHScC7/dYOPX6s28tt7ZADhsOi8zwOHq5fFPEuUeChh2NMfinSg0GrUckYxaeebC4h0DqiKzLcw==',
  'claude-code-linux-x64-musl':
    'sha512-QoQzwipnqRAdBKDAJNJ2Qvl37G6x8nCugfOQa+nuMcGIRgGEOLeWoq3pTLMQRScL37estAQBGH9ygR3WFVbIfw==',
  'claude-code-win32-arm64':
    'sha512-rd2vER0bvylh1FHmXH/xC0SjoSF6RCsP+ezmDPR6qJLn+Mm4qfmBNC2JYfAH6KmrYq6u0O8m8YL/R95yAMgNvA==',
  'claude-code-win32-x64':
    'sha512-BqPm3Fqw8LqRooC8QZUVAfaepl+jNb7JV1yp1atCyoU6kpm1CZ7z/6+IUHsrD8ljq/K2yb13obMw0mo3BA5dzw==',
};

/**
 * Executable of the Claude Code client that people have, taken from the npm registry on first use (about 400 MB). Its licence is not
 * free: it is fetched for tests and never packed, and stays out of node_modules. @throws StepFailed
 */
export async function provisionClaudeCode(): Promise<string> {
  const home = path.join(cacheFolder, 'claude-code', version);
  await fetchOnce(home, async (folder) => {
    announce('Fetching the Claude Code client from the npm registry (once, about 400 MB)');
    writeFileSync(
      path.join(folder, 'package.json'),
      JSON.stringify({ private: true, dependencies: { [`${scope}/claude-code`]: version } }),
    );
    // The install script would only link the program below to another place.
    await runNpm(['install', '--ignore-scripts', '--include=optional'], folder);
    const name = platformPackage(folder);
    checkIntegrity(folder, `${scope}/${name}`, integrities[name]);
  });
  const program = process.platform === 'win32' ? 'claude.exe' : 'claude';
  return path.join(home, 'node_modules', scope, platformPackage(home), program);
}

/** The one that npm chose by the machine's system, processor and C library. */
function platformPackage(folder: string): string {
  const installed = readdirSync(path.join(folder, 'node_modules', scope));
  const name = installed.find((found) => found.startsWith('claude-code-'));
  if (name !== undefined) return name;
  throw new StepFailed(
    `Claude Code ${version} has no program for ${process.platform} on ${process.arch}.`,
    'Run the other suites: npm run test:unit, test:host, test:ui.',
  );
}

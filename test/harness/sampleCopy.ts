import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import { sampleProject, temporaryFolder } from './paths.ts';
import { runProgram } from './processes.ts';
import { StepFailed } from './steps.ts';

/** A fresh copy of the sample project, with a first commit where git is there, so that changes show as changes. */
export async function copySample(): Promise<string> {
  if (!existsSync(sampleProject)) {
    throw new StepFailed(
      `${sampleProject} is missing.`,
      'Check out the whole repository: git checkout test/fixtures',
    );
  }
  const folder = path.join(temporaryFolder('sample'), 'sample-project');
  cpSync(sampleProject, folder, { recursive: true });
  await commitAll(folder);
  return folder;
}

async function commitAll(folder: string): Promise<void> {
  // Bytes stay as they are, and nobody's own git settings (signing, hooks, line ends) take part.
  const settings = [
    'user.name=Sample',
    'user.email=sample@localhost',
    'core.autocrlf=false',
    'commit.gpgsign=false',
  ];
  const git = (...args: string[]) =>
    runProgram('git', [...settings.flatMap((setting) => ['-c', setting]), ...args], { cwd: folder });
  try {
    await git('init', '--quiet', '--initial-branch=main', '--template=');
    await git('add', '--all');
    await git('commit', '--quiet', '--no-verify', '--message', 'The sample project as it came');
  } catch (error) {
    // The sample works without a repository too.
    console.error(`git could not be run (${String(error)}); going on without a first commit.`);
  }
}

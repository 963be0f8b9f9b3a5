import path from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly isRoot: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Is there a file of this absolute path? */
  readonly has: (file: string) => boolean;
}

export type BrowserChoice =
  | { readonly kind: 'installed'; readonly executable: string }
  /** Ways to get one, the best first. */
  | { readonly kind: 'fetch'; readonly from: readonly ('apt' | 'npm')[] }
  | { readonly kind: 'none'; readonly remedy: string };

/** Overrides the choice: the absolute path of a Chromium, Chrome or Edge. */
export const browserVariable = 'CLAUDE_PM_BROWSER';

/** Which Chromium drives the workbench on this machine: one that is there, else one that can be had. */
export function chooseBrowser(machine: Machine): BrowserChoice {
  const wanted = machine.env[browserVariable];
  if (wanted) {
    return machine.has(wanted)
      ? { kind: 'installed', executable: wanted }
      : {
          kind: 'none',
          remedy: `${browserVariable} names ${wanted}, which is not there. Correct or unset it.`,
        };
  }
  const executable = candidates(machine).find(machine.has);
  if (executable) return { kind: 'installed', executable };

  const from: ('apt' | 'npm')[] = [];
  if (machine.platform === 'linux' && machine.isRoot && machine.has('/usr/bin/apt-get')) from.push('apt');
  if (machine.platform === 'linux' && machine.arch === 'x64') from.push('npm');
  if (from.length > 0) return { kind: 'fetch', from };
  return { kind: 'none', remedy: `Install Chromium, Chrome or Edge, or name one in ${browserVariable}.` };
}

function candidates(machine: Machine): readonly string[] {
  if (machine.platform === 'linux') {
    return [
      'chromium',
      'chromium-browser',
      'google-chrome-stable',
      'google-chrome',
      'microsoft-edge-stable',
      'microsoft-edge',
    ].map((name) => `/usr/bin/${name}`);
  }
  if (machine.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (machine.platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
      (name) => machine.env[name] ?? [],
    );
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => roots.map((root) => path.win32.join(root, program)));
  }
  return [];
}

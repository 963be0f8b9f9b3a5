import { describe, expect, it } from 'vitest';
import { chooseBrowser, type Machine } from '../../harness/provision/chooseBrowser';

function machine(parts: Partial<Machine>, ...files: readonly string[]): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    isRoot: false,
    env: {},
    has: (file) => files.includes(file),
    ...parts,
  };
}

describe('the browser that drives the workbench', () => {
  it('is Chromium where Debian put it', () => {
    expect(chooseBrowser(machine({}, '/usr/bin/google-chrome', '/usr/bin/chromium'))).toEqual({
      kind: 'installed',
      executable: '/usr/bin/chromium',
    });
  });

  it('is Chrome or Edge where there is no Chromium', () => {
    expect(chooseBrowser(machine({}, '/usr/bin/microsoft-edge'))).toEqual({
      kind: 'installed',
      executable: '/usr/bin/microsoft-edge',
    });
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(chooseBrowser(machine({ platform: 'darwin' }, chrome))).toEqual({
      kind: 'installed',
      executable: chrome,
    });
  });

  it('is found below the program folders of Windows', () => {
    const edge = 'D:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe';
    const windows = machine({ platform: 'win32', env: { ProgramFiles: 'D:\\Programs' } }, edge);
    expect(chooseBrowser(windows)).toEqual({ kind: 'installed', executable: edge });
  });

  it('comes from Debian for root, with npm to fall back on', () => {
    expect(chooseBrowser(machine({ isRoot: true }, '/usr/bin/apt-get'))).toEqual({
      kind: 'fetch',
      from: ['apt', 'npm'],
    });
  });

  it('comes from npm where nobody may install packages', () => {
    expect(chooseBrowser(machine({}, '/usr/bin/apt-get'))).toEqual({ kind: 'fetch', from: ['npm'] });
  });

  it('cannot be had on another machine without one, and the person is told what to do', () => {
    expect(chooseBrowser(machine({ arch: 'arm64' }))).toEqual({
      kind: 'none',
      remedy: expect.stringContaining('Install Chromium'),
    });
  });

  it('is the one that the environment names, and no other', () => {
    const env = { CLAUDE_PM_BROWSER: '/opt/chrome' };
    expect(chooseBrowser(machine({ env }, '/opt/chrome', '/usr/bin/chromium'))).toEqual({
      kind: 'installed',
      executable: '/opt/chrome',
    });
    expect(chooseBrowser(machine({ env }, '/usr/bin/chromium'))).toEqual({
      kind: 'none',
      remedy: expect.stringContaining('/opt/chrome'),
    });
  });
});

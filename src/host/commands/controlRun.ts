import * as vscode from 'vscode';
import type { Command } from '../command';
import { loadEngine } from '../engine';
import type { Host } from '../host';
import { commandIds } from '../ids';
import { outcomeForCallers, runInWindow } from '../runs/runInWindow';

/** The run may go on in this window, in another, or in a terminal. */
async function ask(host: Host, wish: 'pause' | 'cancel') {
  const { askRun, placeOf } = await loadEngine();
  const { ports, support } = await host.session.open();
  const execution = await askRun(ports, support, wish);
  return { executionId: execution.executionId, at: placeOf(execution), ended: execution.endedAt !== null };
}

export const pauseRun: Command = {
  id: commandIds.pauseRun,
  needsTrust: true,
  async run(host) {
    const asked = await ask(host, 'pause');
    vscode.window.setStatusBarMessage(`Claude PM: the run pauses after ${asked.at}`, 5000);
    return asked;
  },
};

export const cancelRun: Command = {
  id: commandIds.cancelRun,
  needsTrust: true,
  async run(host) {
    const asked = await ask(host, 'cancel');
    const kept = 'what finished stages wrote is kept';
    if (asked.ended)
      void vscode.window.showInformationMessage(`Claude PM: the interrupted run is given up; ${kept}.`);
    // Its end tells the rest.
    else vscode.window.setStatusBarMessage(`Claude PM: the run is being cancelled in ${asked.at}`, 5000);
    host.session.refresh();
    return asked;
  },
};

/** Lets a paused run go on, wherever it is; one that was interrupted goes on in this window. */
export const resumeRun: Command = {
  id: commandIds.resumeRun,
  needsTrust: true,
  async run(host) {
    const { askRun } = await loadEngine();
    const { ports, support } = await host.session.open();
    if (support.holder() !== undefined) {
      const { executionId } = await askRun(ports, support, 'go-on');
      return { executionId };
    }
    const outcome = await runInWindow(host, {
      title: 'Claude PM: going on with the interrupted run',
      begin: (workspace, options) => workspace.pipeline.resume(options),
    });
    return outcomeForCallers(outcome);
  },
};

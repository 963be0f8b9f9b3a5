import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Execution } from '../../../src/core/model/execution';
import { PromptImprovementPipeline } from '../../../src/core/pipeline/promptImprovementPipeline';
import { askRun } from '../../../src/core/pipeline/runControl';
import { interruptedRun, liveStatus } from '../../../src/core/pipeline/unfinishedRuns';
import type { Ports } from '../../../src/core/ports';
import { openWorkspace, type Workspace } from '../../../src/node/openWorkspace';
import { nullLog } from '../../../src/node/systemPorts';
import { copySample, openFixed, temporaryFolder } from '../support/sampleWorkspace';

const overrides = { sources: { 'claude-code': { enabled: true } } };
const fixed = { log: nullLog, now: new Date('2026-11-01T12:00:00.000Z'), seed: 7 };

class Dead extends Error {}

/**
 * Makes a store that dies before its `nth` write, as a process that is killed does: what was written stays, and nothing after it is
 * written or read. Replaces the methods of the workspace's own store, which all its components share.
 */
function dieBefore(
  workspace: Workspace,
  nth: number,
): { readonly writes: () => number; readonly written: readonly string[] } {
  const { store } = workspace.ports;
  let writes = 0;
  const written: string[] = [];
  let dead = false;
  const guard = <A extends unknown[], T>(work: (...args: A) => Promise<T>, isWrite: boolean) => {
    return async (...args: A): Promise<T> => {
      if (isWrite) {
        writes += 1;
        written.push(String(args[0]));
      }
      if (writes >= nth) dead = true;
      if (dead) throw new Dead('killed');
      return work(...args);
    };
  };
  Object.assign(store, {
    put: guard(store.put.bind(store), true),
    append: guard(store.append.bind(store), true),
    remove: guard(store.remove.bind(store), true),
    get: guard(store.get.bind(store), false),
    list: guard(store.list.bind(store), false),
    readLog: guard(store.readLog.bind(store), false),
  });
  return { writes: () => writes, written };
}

/** Records that a run leaves, apart from times, from how often it was resumed, and from the log of what happened. */
function records(folder: string): Record<string, unknown> {
  const root = join(folder, '.claude-pm');
  const found: Record<string, unknown> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!entry.isFile() || path.startsWith('.cache') || path.startsWith('audit') || !path.endsWith('.json'))
      continue;
    // What a check of the health found depends on when it was made.
    if (path.includes('/monitoring/')) continue;
    const { resumes: _, ...record } = JSON.parse(readFileSync(join(root, path), 'utf8'));
    found[path] = record;
  }
  return found;
}

/** An adopted project with its corrections imported and nothing analyzed yet: what each test begins with. */
async function prepared(): Promise<string> {
  const folder = copySample();
  const workspace = await openWorkspace(folder, { ...fixed, overrides });
  await workspace.templates.adopt();
  await workspace.capture.import({});
  await workspace.close();
  return folder;
}

describe('a run that is killed', () => {
  it('gives the same records when it is resumed as one that was not, wherever the kill fell', async () => {
    const start = await prepared();
    const copy = () => {
      const folder = temporaryFolder();
      cpSync(start, folder, { recursive: true });
      return folder;
    };
    const whole = copy();
    const undisturbed = await openFixed(whole, { overrides });
    const counted = dieBefore(undisturbed, Number.POSITIVE_INFINITY);
    const { execution } = await undisturbed.pipeline.run({ trigger: 'test' });
    expect(execution.status).toBe('completed');
    const expected = records(whole);
    const all = counted.writes();
    expect(all).toBeGreaterThan(40);
    // The first write makes the run's record: killed before it, there is nothing to resume.
    const around = (collection: string) => {
      const first = counted.written.indexOf(collection) + 1;
      return [first, first + 1, first + 2, first + 3];
    };
    const places = new Set([
      3,
      Math.round(all / 2),
      all - 1,
      ...around('patterns'),
      // Amid what is one change of several records.
      ...around('improvements'),
      ...around('validationReports'),
    ]);
    for (const nth of places) {
      const folder = copy();
      const killed = await openWorkspace(folder, { ...fixed, overrides });
      dieBefore(killed, nth);
      await expect(killed.pipeline.run({ trigger: 'test' }), `write ${nth} of ${all}`).rejects.toThrow(Dead);
      await killed.close();

      const next = await openWorkspace(folder, { ...fixed, overrides });
      const left = await interruptedRun(next.ports, next.support);
      expect(left?.executionId, `write ${nth}`).toBe(execution.executionId);
      const resumed = await next.pipeline.resume();
      expect(resumed.execution.status).toBe('completed');
      await next.close();
      expect(records(folder), `killed before write ${nth} of ${all}`).toEqual(expected);
    }
  }, 240_000);

  it('does not do again what it had finished', async () => {
    const folder = await prepared();
    const first = await openFixed(folder, { overrides });
    const validate = first.validator.validate.bind(first.validator);
    Object.assign(first.validator, {
      validate: () => {
        Object.assign(first.ports.store, { put: () => Promise.reject(new Dead('killed')) });
        return validate('none');
      },
    });
    await expect(first.pipeline.run({ trigger: 'test' })).rejects.toThrow(Dead);
    const second = await openFixed(folder, { overrides });
    const left = await interruptedRun(second.ports, second.support);
    expect(left?.current?.stage).toBe('validate');
    const again: string[] = [];
    const spied = (name: string, component: object, method: string) => {
      const original: unknown = Reflect.get(component, method);
      if (typeof original !== 'function') throw new Error(`no method ${method}`);
      Object.assign(component, {
        [method]: (...args: unknown[]) => {
          again.push(name);
          return Reflect.apply(original, component, args);
        },
      });
    };
    spied('capture', second.capture, 'import');
    spied('analyze', second.analyzer, 'analyze');
    const improved: unknown[] = [];
    const improve = second.improver.improve.bind(second.improver);
    second.improver.improve = async (options) => {
      improved.push(...(options.agentTypes ?? []));
      return improve(options);
    };
    await second.pipeline.resume();
    expect(again).toEqual([]);
    expect(improved).not.toContain(left?.current?.agentType);
  }, 60_000);
});

describe('one run at a time', () => {
  it('refuses a second one, and says who runs since when', async () => {
    const folder = await prepared();
    const first = await openFixed(folder, { overrides });
    const second = await openFixed(folder, { overrides });
    const running = first.pipeline.run({ trigger: 'test', skipCapture: true });
    await expect(second.pipeline.run({ trigger: 'schedule' })).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    await running;
    expect((await second.pipeline.run({ trigger: 'test', skipCapture: true })).execution.status).toBe(
      'completed',
    );
  }, 60_000);

  it('gives up an interrupted run when another is started', async () => {
    const folder = await prepared();
    const first = await openFixed(folder, { overrides });
    dieBefore(first, 8);
    await expect(first.pipeline.run({ trigger: 'test' })).rejects.toThrow(Dead);
    const second = await openFixed(folder, { overrides, seed: 8 });
    const left = await interruptedRun(second.ports, second.support);
    if (!left) throw new Error('nothing was interrupted');
    expect(liveStatus(left, undefined)).toBe('interrupted');
    await second.pipeline.run({ trigger: 'test', skipCapture: true });
    const stored = await second.ports.store.get('executions', left.executionId);
    expect(stored).toMatchObject({ status: 'interrupted', endedAt: expect.any(String) });
    await expect(second.pipeline.resume()).rejects.toMatchObject({ code: 'ILLEGAL_STATE' });
  }, 60_000);
});

/** The workspace's pipeline, whose process looks at its control when the test says so, and tells what was kept of it. */
function controlled(workspace: Workspace, onStatus: (status: Execution['status']) => void) {
  const looks = new Set<() => void>();
  const limit = { held: 0, gone: 0 };
  const support = {
    ...workspace.support,
    repeatedly: (look: () => void) => {
      looks.add(look);
      return () => void looks.delete(look);
    },
    timeLimit: () => ({
      signal: new AbortController().signal,
      hold: () => void limit.held++,
      goOn: () => void limit.gone++,
      end: () => undefined,
    }),
  };
  const store: Ports['store'] = Object.assign(Object.create(workspace.ports.store), {
    put: async (collection: string, record: { status?: Execution['status'] }) => {
      await Reflect.apply(workspace.ports.store.put, workspace.ports.store, [collection, record]);
      if (collection === 'executions' && record.status) onStatus(record.status);
    },
  });
  const { capture, analyzer, improver, validator, templates, review, observer, health } = workspace;
  const pipeline = new PromptImprovementPipeline({ ...workspace.ports, store }, workspace.configuration, {
    capture,
    analyzer,
    improver,
    validator,
    templates,
    review,
    observer,
    health,
    support,
  });
  return { pipeline, limit, look: () => looks.forEach((each) => void each()) };
}

describe('a run that another process asks', () => {
  it('pauses at the next step, with its limit of time standing still, and goes on', async () => {
    const folder = await prepared();
    const runner = await openFixed(folder, { overrides });
    const other = await openFixed(folder, { overrides });
    const seen: string[] = [];
    let paused: () => void = () => undefined;
    const isPaused = new Promise<void>((resolve) => {
      paused = resolve;
    });
    const run = controlled(runner, (status) => {
      if (seen.at(-1) !== status) seen.push(status);
      if (status === 'paused') paused();
    });
    let asked: Promise<unknown> | undefined;
    const outcome = run.pipeline.run({
      trigger: 'test',
      onProgress: ({ stage }) => {
        if (stage === 'analyze') asked ??= askRun(other.ports, other.support, 'pause');
      },
    });
    await isPaused;
    await asked;
    expect(run.limit).toEqual({ held: 1, gone: 0 });
    expect((await interruptedRun(other.ports, other.support)) ?? 'none').toBe('none');
    await askRun(other.ports, other.support, 'go-on');
    run.look();
    expect((await outcome).execution.status).toBe('completed');
    expect(seen).toEqual(['running', 'paused', 'running', 'completed']);
    expect(run.limit).toEqual({ held: 1, gone: 1 });
  }, 60_000);

  it('is cancelled, keeps what finished stages wrote, and says which stage was cut', async () => {
    const folder = await prepared();
    const runner = await openFixed(folder, { overrides });
    const other = await openFixed(folder, { overrides });
    const run = controlled(runner, () => undefined);
    let asked: Promise<unknown> | undefined;
    const { execution, result } = await run.pipeline.run({
      trigger: 'test',
      onProgress: ({ stage }) => {
        if (stage === 'analyze') asked ??= askRun(other.ports, other.support, 'cancel');
      },
    });
    await asked;
    expect(execution.status).toBe('cancelled');
    expect(execution.stages.filter(({ status }) => status === 'cancelled')).toHaveLength(1);
    expect(result.failures).toMatchObject([{ code: 'CANCELLED', remedy: expect.stringContaining('kept') }]);
    expect((await other.ports.store.list('patterns')).records.length).toBeGreaterThan(0);
    await expect(askRun(other.ports, other.support, 'pause')).rejects.toMatchObject({
      code: 'ILLEGAL_STATE',
    });
  }, 60_000);
});

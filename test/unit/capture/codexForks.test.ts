import { describe, expect, it } from 'vitest';
import { timeOfUuid } from '../../../src/core/capture/codex/codexCopies';
import { call, denied, event, events, human, humans, line, meta, output, parse, said } from './codexRollout';

const no = 'exec command rejected by user';
const parent = meta({ id: 'parent' });
const forked = meta({ forked_from_id: 'parent' });
/** A turn of the parent: a message, a denial and an interrupt. */
const copied = [
  ...human(0, 'round the prices'),
  said(0, 'assistant', 'Installing.'),
  call(0, 'c1', 'shell', {}),
  output(0, 'c1', no),
  event(0, 'turn_aborted', { reason: 'interrupted' }),
];
const own = [...human(5, 'no, round in the model'), call(6, 'c2', 'shell', {}), output(7, 'c2', no)];

/** Id of a turn that began so many seconds after the fork. */
function turnId(second: number): string {
  const time = (Date.UTC(2026, 2, 2, 10, 0) + second * 1000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
}

it('the time of a UUID is that of the example in RFC 9562, appendix A.6', () => {
  const time = timeOfUuid('017F22E2-79B0-7CC3-98C4-DC0C0C07398F');
  expect(new Date(time ?? 0).toISOString()).toBe('2022-02-22T19:22:22.000Z');
  expect(timeOfUuid('919108f7-52d1-4320-9bac-f847db4148a8')).toBeUndefined();
});

describe('a fork', () => {
  it('tells what people did in it, and not what it copied from its parent', () => {
    const lines = [forked, parent, ...copied, ...own];
    expect(humans(lines)).toEqual(['no, round in the model']);
    expect(denied(lines)).toEqual(['c2']);
    expect(events(lines).some(({ kind }) => kind === 'interrupted')).toBe(false);
  });

  it('keeps what the agent did as context, and the session’s own id and time', () => {
    const { traces } = parse([forked, parent, ...copied, ...own]);
    expect(traces).toMatchObject([{ sessionId: 's1', startedAt: '2026-03-02T10:00:00.000Z' }]);
    expect(traces[0]?.events[0]).toMatchObject({ kind: 'agent', text: 'Installing.' });
  });

  it('is known by its parent’s metadata too', () => {
    expect(humans([meta(), parent, ...copied, ...own])).toEqual(['no, round in the model']);
  });

  it('is told apart by the ids of its turns, however fast it goes on', () => {
    const started = (second: number) => event(0, 'task_started', { turn_id: turnId(second) });
    const lines = [forked, parent, started(-60), ...copied, started(0), ...human(0, 'go on')];
    expect(humans(lines)).toEqual(['go on']);
  });

  it('is told apart by the numbers of its lines', () => {
    const numbered = [
      meta({ forked_from_id: 'parent', subagent_history_start_ordinal: 8 }),
      parent,
      ...copied,
      ...human(0, 'go on'),
    ].map((each, ordinal) => ({ ...each, ordinal }));
    expect(humans(numbered)).toEqual(['go on']);
  });

  it('may keep the times of its parent', () => {
    const older = copied.map((each, index) => {
      return { ...each, timestamp: new Date(Date.UTC(2026, 2, 1, 9, index)).toISOString() };
    });
    expect(humans([forked, parent, ...older, ...own])).toEqual(['no, round in the model']);
    expect(parse([forked, parent, ...older, ...own]).traces[0]?.startedAt).toBe('2026-03-02T10:00:00.000Z');
  });

  it('that copied nothing tells everything', () => {
    const turn = event(0, 'task_started', { turn_id: turnId(0) });
    expect(humans([meta({ forked_from_id: 'p', history_base: {} }), turn, ...human(0, 'go')])).toEqual([
      'go',
    ]);
  });
});

describe('a session that was resumed', () => {
  it('repeats its own metadata, which makes it no fork', () => {
    expect(humans([meta(), ...human(1, 'one'), meta(), ...human(1, 'two')])).toEqual(['one', 'two']);
  });

  it('goes on in the same folder unless a turn says otherwise', () => {
    const turn = line('turn_context', 1, { cwd: '/home/ada/shop/web' });
    const read = call(2, 'c1', 'view_image', { path: 'logo.png' });
    expect(events([meta(), read])).toMatchObject([{ file: '/home/ada/shop/logo.png' }]);
    expect(events([meta(), turn, read])).toMatchObject([{ file: '/home/ada/shop/web/logo.png' }]);
  });
});

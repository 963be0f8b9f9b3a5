import { describe, expect, it } from 'vitest';
import { parseCopilot } from '../../../src/core/capture/copilot/copilot';
import { filePathOf } from '../../../src/core/capture/copilot/copilotUri';
import { detectCorrections } from '../../../src/core/capture/detectCorrections';
import { readJson } from '../../../src/node/jsonText';

const fallbackTime = '2026-01-01T00:00:00.000Z';
const session = (...requests: readonly unknown[]) => {
  const text = JSON.stringify({ requests, responderUsername: 'GitHub Copilot' });
  return parseCopilot({ text, isLog: false, path: 'chat', name: 'chat', fallbackTime }, readJson);
};
const draftsOf = ({ traces }: ReturnType<typeof session>) =>
  traces.flatMap((trace) => detectCorrections(trace).drafts);
const eventsOf = ({ traces }: ReturnType<typeof session>) => traces.flatMap(({ events }) => events);
const file = (path: string) => ({ $mid: 1, scheme: 'file', path });

describe('a request', () => {
  const response = [{ value: 'Done.' }];
  const signals = (request: object) =>
    draftsOf(session({ requestId: 'r', message: { text: 'go' }, response, ...request })).map(
      ({ signal }) => signal,
    );

  it.each([
    ['cancelled', { modelState: { value: 2 } }, ['interrupted']],
    ['cancelled, in versions without a state', { isCanceled: true }, ['interrupted']],
    [
      'cancelled, as its error says',
      { modelState: { value: 1 }, result: { errorDetails: { code: 'canceled' } } },
      ['interrupted'],
    ],
    ['still running', { modelState: { value: 0 }, isCanceled: true }, []],
    ['failed', { modelState: { value: 3 }, result: { errorDetails: { code: 'failed' } } }, []],
    ['voted up', { vote: 1 }, []],
    ['voted down', { vote: 0 }, ['downvoted']],
  ])('that was %s', (_, request, expected) => {
    expect(signals(request)).toEqual(expected);
  });

  it.each([
    ['incorrectCode', 'incorrect code'],
    ['refusedAValidRequest', 'refused a valid request'],
    ['poorlyWrittenOrFormatted', 'poorly written or formatted'],
    ['other', ''],
    [undefined, ''],
  ])('voted down for %s says so in words', (voteDownReason, words) => {
    const [draft] = draftsOf(session({ requestId: 'r', message: 'go', response, vote: 0, voteDownReason }));
    expect(draft?.words).toBe(words);
  });

  const tool = (isConfirmed: unknown) => ({
    kind: 'toolInvocationSerialized',
    toolId: 't',
    toolCallId: 'c',
    isConfirmed,
  });

  it.each([
    ['denied', { type: 0 }, {}, ['tool-rejected']],
    ['denied, before 1.104', false, {}, ['tool-rejected']],
    ['denied while the request was stopped', { type: 0 }, { modelState: { value: 2 } }, ['tool-rejected']],
    ['denied by the person', { type: 0, source: 'user' }, {}, ['tool-rejected']],
    ['denied by a hook', { type: 0, source: 'hook' }, {}, []],
    ['skipped', { type: 5 }, {}, ['tool-rejected']],
    ['cut off by a stop', { type: 5 }, { modelState: { value: 2 } }, ['interrupted']],
    ['allowed', { type: 4 }, {}, []],
    ['allowed, before 1.104', true, {}, []],
    ['not asked about', undefined, {}, []],
  ])('with a tool that was %s', (_, confirmed, request, expected) => {
    expect(signals({ response: [tool(confirmed)], ...request })).toEqual(expected);
  });

  it('gives the words of the person to a plan that was refused', () => {
    const plan = {
      kind: 'planReview',
      content: 'Rewrite it all.',
      data: { rejected: true, feedback: 'Only the parser.' },
    };
    expect(draftsOf(session({ requestId: 'r', message: 'go', response: [plan] }))).toMatchObject([
      {
        signal: 'tool-rejected',
        words: 'Only the parser.',
        tool: { name: 'planReview', excerpt: 'Rewrite it all.' },
      },
    ]);
  });

  it.each([
    ['the tool itself', { isSystemInitiated: true }],
    ['a button', { confirmation: 'Continue' }],
    ['a feature', { requestSource: 'agentMerge' }],
    ['nobody', { message: { text: ' ' } }],
  ])('made by %s is no turn of the person', (_, request) => {
    const events = eventsOf(session({ requestId: 'r', message: { text: 'go' }, response, ...request }));
    expect(events.map(({ kind }) => kind)).toEqual(['agent']);
  });

  it.each([
    ['named', { modeInstructions: { name: 'Reviewer' } }, 'Reviewer'],
    ['known by its file', { modeInstructions: { uri: file('/w/.github/agents/qa.agent.md') } }, 'qa'],
    ['built in', { isBuiltin: true, modeInstructions: { name: 'Plan' } }, 'main'],
    ['built in, in later versions', { modeInstructions: { name: 'Plan', isBuiltin: true } }, 'main'],
  ])('answered by an agent that is %s', (_, modeInfo, agentType) => {
    expect(session({ requestId: 'r', message: 'go', modeInfo }).traces).toMatchObject([{ agentType }]);
  });

  it('tells of instruction files that were used, and not of files that were only attached', () => {
    const [trace] = session({
      requestId: 'r',
      message: 'go',
      variableData: { variables: [{ kind: 'file', id: 'x', value: file('/w/AGENTS.md') }] },
      contentReferences: [
        { kind: 'reference', reference: file('/w/.github/instructions/ts.instructions.md') },
        { kind: 'reference', reference: { uri: file('/w/src/a.ts'), range: {} } },
      ],
    }).traces;
    expect(trace?.promptsInForce).toEqual([{ path: '/w/.github/instructions/ts.instructions.md' }]);
  });

  it('without a time has that of the one before', () => {
    const events = eventsOf(
      session(
        { requestId: 'a', message: 'one', timestamp: 1_772_445_600_000 },
        { requestId: 'b', message: 'two', timestamp: 1e300 },
      ),
    );
    expect(events.map(({ at }) => at)).toEqual(['2026-03-02T10:00:00.000Z', '2026-03-02T10:00:00.000Z']);
  });
});

describe('the path of a URI', () => {
  it.each([
    ['file:///home/me/a%20b.ts', '/home/me/a b.ts'],
    ['file:///c%3A/Users/me/a.ts', 'c:/Users/me/a.ts'],
    ['file://server/share/a.ts', '//server/share/a.ts'],
    ['file:///100%/a.ts', '/100%/a.ts'],
    ['vscode-remote://wsl%2Bubuntu/home/me/a.ts', '/home/me/a.ts'],
    ['untitled:Untitled-1', 'untitled:Untitled-1'],
    [{ scheme: 'file', path: '/C:/a.ts', fsPath: 'c:\\a.ts' }, 'c:\\a.ts'],
    [{ scheme: 'file', authority: 'server', path: '/share/a.ts' }, '//server/share/a.ts'],
    [{ uri: { scheme: 'file', path: '/a.ts' }, range: {} }, '/a.ts'],
    ['a.ts', undefined],
    [7, undefined],
  ])('%j', (uri, path) => {
    expect(filePathOf(uri)).toBe(path);
  });
});

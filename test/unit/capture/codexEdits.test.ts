import { describe, expect, it } from 'vitest';
import { filesOfChanges, filesOfPatch, inFolder } from '../../../src/core/capture/codex/codexPatch';
import { nodeHash } from '../../../src/node/systemPorts';
import {
  call,
  event,
  events,
  item,
  line,
  meta,
  output,
  parse,
  reader,
  said,
  transcriptLines,
} from './codexRollout';

const patch = [
  '*** Begin Patch',
  '*** Update File: src/price.ts',
  '*** Move to: src/model.ts',
  '@@ export',
  '-const a = 1;',
  '+const a = 2;',
  '*** Add File: notes.md',
  '+# Notes',
  '+',
  '*** Delete File: old.md',
  '*** End Patch',
].join('\n');
const applied =
  'Exit code: 0\nWall time: 0 seconds\nOutput:\nSuccess. Updated the following files:\nM src/model.ts\n';
const files = [
  { file: '/home/ada/shop/src/model.ts', added: ['const a = 2;'] },
  { file: '/home/ada/shop/notes.md', added: ['# Notes', ''] },
];
const edits = (lines: Parameters<typeof events>[0]) =>
  events(lines).flatMap((each) => (each.kind === 'agent-edit' ? [each] : []));

describe('a patch that was applied', () => {
  it.each([
    ['the tool for it', item(1, 'custom_tool_call', { name: 'apply_patch', call_id: 'c1', input: patch })],
    ['a function', call(1, 'c1', 'apply_patch', { input: patch })],
    ['a command', call(1, 'c1', 'shell', { command: ['apply_patch', patch] })],
    ['a script', call(1, 'c1', 'shell', { command: ['bash', '-lc', `apply_patch <<'EOF'\n${patch}\nEOF`] })],
    ['the unified exec tool', call(1, 'c1', 'exec_command', { cmd: `apply_patch <<'EOF'\n${patch}\nEOF` })],
  ])('gives the lines that it put into files, asked for by %s', (_how, asked) => {
    expect(edits([meta(), asked, output(2, 'c1', applied)])).toMatchObject(
      files.map((each) => ({ ...each, toolUseId: 'c1', line: 3 })),
    );
  });

  it('gives nothing when it failed, was denied, or is only talked about', () => {
    const asked = call(1, 'c1', 'apply_patch', { input: patch });
    expect(edits([meta(), asked, output(2, 'c1', 'apply_patch verification failed')])).toEqual([]);
    expect(edits([meta(), asked, output(2, 'c1', 'patch rejected by user')])).toEqual([]);
    expect(
      edits([meta(), call(1, 'c1', 'shell', { command: `cat <<E\n${patch}` }), output(2, 'c1', applied)]),
    ).toEqual([]);
  });

  const changes = {
    'src/price.ts': {
      type: 'update',
      unified_diff: '@@\n-const a = 1;\n+const a = 2;\n',
      move_path: 'src/model.ts',
    },
    'notes.md': { type: 'add', content: '# Notes\n\n' },
    'old.md': { type: 'delete', content: 'x' },
  };
  const told = event(2, 'patch_apply_end', { call_id: 'c1', success: true, changes });

  it('is told once where an event tells it too', () => {
    const asked = item(1, 'custom_tool_call', { name: 'apply_patch', call_id: 'c1', input: patch });
    expect(edits([meta(), asked, told, output(2, 'c1', applied), told])).toMatchObject(
      files.map((each) => ({ ...each, line: 3 })),
    );
  });

  it('is told by the event alone when a script applied it', () => {
    const completed = event(2, 'item_completed', {
      item: { type: 'FileChange', id: 'exec-1', changes, status: 'completed' },
    });
    expect(edits([meta(), told]).map(({ file }) => file)).toEqual(files.map(({ file }) => file));
    expect(edits([meta(), completed]).map(({ toolUseId }) => toolUseId)).toEqual(['exec-1', 'exec-1']);
    expect(edits([meta(), event(2, 'patch_apply_end', { success: false, changes })])).toEqual([]);
  });

  it('leaves out files into which it put no words', () => {
    expect(filesOfPatch('*** Begin Patch\n*** Update File: a\n-x\n+ \n*** End Patch')).toEqual([]);
    expect(filesOfChanges({ a: { type: 'add', content: '\n' }, b: 7 })).toEqual([]);
  });

  it.each([
    ['/home/ada', 'a.ts', '/home/ada/a.ts'],
    ['/home/ada/', './a.ts', '/home/ada/a.ts'],
    ['C:\\shop', 'src\\a.ts', 'C:\\shop\\src\\a.ts'],
    ['/home/ada', '/tmp/a.ts', '/tmp/a.ts'],
    ['C:\\shop', 'D:\\a.ts', 'D:\\a.ts'],
    [undefined, 'a.ts', 'a.ts'],
  ])('has its path in the folder %s: %s', (folder, file, path) => {
    expect(inFolder(folder, file)).toBe(path);
  });
});

describe('the prompt in force', () => {
  const agents = '# Shop\n\nRound in the model.\n';
  const inForce = [{ path: 'AGENTS.md', contentHash: nodeHash.sha256(agents) }];
  const message = (text: string) =>
    said(
      1,
      'user',
      `# AGENTS.md instructions for /home/ada/shop\n\n<INSTRUCTIONS>\n${text}\n</INSTRUCTIONS>`,
    );
  const own = 'Answer in English.\n\n--- project-doc ---\n\n';
  const skills = '\n\n## Skills\nThese skills are discovered at startup from multiple local sources.\n- a\n';

  it.each([
    ['the session’s instructions', meta({ instructions: agents })],
    ['those behind the person’s own', meta({ instructions: `${own}${agents}` })],
    ['those before a list of skills', meta({ instructions: `${agents}${skills}` })],
    ['an older name of them', meta({ user_instructions: agents })],
    ['the message that gives them', message(agents)],
    ['that message behind the person’s own', message(`${own}${agents}`)],
    ['an older such message', said(1, 'user', `<user_instructions>\n\n${agents}\n\n</user_instructions>`)],
    ['the state of the world', line('world_state', 1, { state: { agents_md: { text: agents } } })],
  ])('is known by %s', (_what, told) => {
    const { traces } = parse([told, said(2, 'assistant', 'ok')]);
    expect(traces[0]?.promptsInForce).toEqual(inForce);
  });

  it('is not known where nothing but skills was given', () => {
    const { traces } = parse([meta({ instructions: skills.trim() }), said(2, 'assistant', 'ok')]);
    expect(traces[0]?.promptsInForce).toEqual([]);
  });

  it('is the last that was given, in a later piece too', () => {
    const first = reader();
    first.read(transcriptLines([meta({ instructions: agents }), said(1, 'assistant', 'ok')]));
    const later = reader(JSON.parse(JSON.stringify(first.memory())));
    const { traces } = later.read(transcriptLines([message('Other.'), said(3, 'assistant', 'ok')]));
    expect(traces[0]?.promptsInForce).toEqual([
      { path: 'AGENTS.md', contentHash: nodeHash.sha256('Other.') },
    ]);
  });
});

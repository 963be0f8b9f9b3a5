import { describe, expect, it } from 'vitest';
import { defined, lint, shown, type World } from './support';

const files = ['src/a.ts', 'src/deep/b.ts', 'docs/guide.md', 'packages/x/lib/c.ts', 'package.json'];

async function pathsSaid(text: string, world: World = { files }): Promise<string[]> {
  return shown((await lint({ 'CLAUDE.md': text }, world)).filter(({ code }) => code === 'missing-path'));
}

describe('paths that do not exist', () => {
  it('are told at their place, in code marks and in links', async () => {
    expect(await pathsSaid('The entry is `src/z.ts`.\nRead [it](docs/gone.md).\n')).toEqual([
      '1:15 missing-path src/z.ts does not exist in this workspace.',
      '2:11 missing-path docs/gone.md does not exist in this workspace.',
    ]);
  });

  it.each([
    ['exist', 'The entry is `src/a.ts`, or `src/deep/`.'],
    ['exist in another folder', 'The library is `lib/c.ts`.'],
    ['exist without their extension', 'Helpers are in `src/deep/b/`.'],
    ['lie in a folder that is not of this project', 'The entry is `app/models/user.rb`.'],
    [
      'are patterns or placeholders',
      'Tests are `src/**/*.test.ts`, `src/<name>.ts`, `src/path/to/file.ts`, `src/{a,b}.ts`.',
    ],
    ['are to be made', 'Write the summary to `docs/summary.md`.'],
    ['are to be made, as the line above the list says', 'Create these files:\n\n- `src/new.ts`\n'],
    ['are forbidden', 'Never commit `src/secret.ts`.'],
    ['are gone, as the words say', '`src/old.ts` was removed.'],
    ['are examples', 'For example, `src/button.ts`.'],
    ['stand under an example', '## Example\n\nThe entry is `src/z.ts`.'],
    ['stand in a code block', '```\nsrc/z.ts\n```'],
    [
      'are addresses, packages or home paths',
      'See `example.com/src/z.ts`, `@scope/src.ts`, `~/src/z.ts`, `/src/z.ts`.',
    ],
    ['are media types or alternatives', 'Accept `application/json` and `and/or`.'],
  ])('are not told where they %s', async (_, text) => {
    expect(await pathsSaid(text)).toEqual([]);
  });

  it('are not told where version control ignores them', async () => {
    expect(await pathsSaid('Settings are in `src/local.json`.', { files, ignored: ['src/local'] })).toEqual(
      [],
    );
  });

  it('are changed to where version control says that they went', async () => {
    const moved = { 'src/z.ts': 'src/deep/b.ts' };
    const [finding] = await lint({ 'CLAUDE.md': 'The entry is `src/z.ts`.\n' }, { files, moved });
    expect(finding?.fix).toMatchObject({
      title: 'Change to src/deep/b.ts',
      after: 'The entry is `src/deep/b.ts`.\n',
    });
  });

  it('are changed to the only file of that name', async () => {
    const [finding] = await lint(
      { 'CLAUDE.md': 'The helper is `src/util/b.ts`.' },
      { files: [...files, 'docs/x.md'] },
    );
    expect(finding?.fix?.after).toBe('The helper is `src/deep/b.ts`.');
  });

  it('are imports that Claude Code would read, and not in files of other tools', async () => {
    expect(await pathsSaid('@docs/style.md and @docs/guide.md\n')).toHaveLength(1);
    expect(await lint({ 'AGENTS.md': '@docs/style.md\n' }, { files })).toEqual([]);
  });

  it('are not told where nothing is known of the workspace', async () => {
    expect(await lint({ 'CLAUDE.md': 'The entry is `src/z.ts`.' })).toEqual([]);
  });
});

const world: World = {
  files,
  scripts: [defined('package.json', ['test:unit', 'build'])],
  targets: [defined('Makefile', ['lint', 'release'])],
};

describe('commands that do not exist', () => {
  it('are told, with the one that was meant', async () => {
    const found = await lint({ 'CLAUDE.md': 'Run `npm run tset:unit`, then `make lnit`.\n' }, world);
    expect(shown(found)).toEqual([
      '1:14 missing-command package.json has no script "tset:unit". There is "test:unit".',
      '1:37 missing-command Makefile has no target "lnit". There is "lint".',
    ]);
    expect(found[0]?.fix?.after).toBe('Run `npm run test:unit`, then `make lnit`.\n');
  });

  it('are told in shell blocks', async () => {
    const found = await lint({ 'CLAUDE.md': '```bash\n$ pnpm run deploy # to production\n```\n' }, world);
    expect(shown(found)).toEqual(['2:12 missing-command package.json has no script "deploy".']);
  });

  it.each([
    ['exist', '`npm run build && make release`'],
    ['are placeholders', '`npm run <script>` or `npm run script-name`'],
    ['may be programs of a package', '`yarn run vitest`'],
    ['are words of a sentence', 'Please `make` sure, and make sense.'],
    ['belong to another folder', '`cd ../other/app && npm run deploy`'],
  ])('are not told where they %s', async (_, text) => {
    expect(await lint({ 'CLAUDE.md': `${text}\n` }, world)).toEqual([]);
  });

  it('are not told where a Makefile takes in others', async () => {
    const open = { ...world, targets: [defined('Makefile', ['lint'], true)] };
    expect(await lint({ 'CLAUDE.md': 'Run `make deploy`.\n' }, open)).toEqual([]);
  });
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readJustfile, readMakefile, readPackageJson } from '../../../src/node/facts/definedCommands';
import { openPromptFacts } from '../../../src/node/facts/promptFacts';
import { GitFolder } from '../support/gitFolder';

const at = '2026-03-01T00:00:00Z';

function repository() {
  const folder = new GitFolder(mkdtempSync(join(tmpdir(), 'facts-')));
  const guide = 'One line of the guide.\nAnother line of it.\nAnd a third one.\n';
  folder.commit(
    {
      'docs/one.md': guide,
      'src/a.ts': 'a',
      '.gitignore': 'local/\n',
      'package.json': '{"scripts":{"t":"x"}}',
    },
    at,
  );
  folder.commit({ 'docs/one.md': null, 'docs/two.md': guide }, '2026-03-02T00:00:00Z');
  return folder.root;
}

describe('what exists in a workspace', () => {
  it('are files and folders, by their paths or the ends of them', async () => {
    const facts = openPromptFacts(repository());
    expect(await Promise.all(['src/a.ts', 'src', 'src/b.ts'].map(facts.has))).toEqual([true, true, false]);
    expect(await Promise.all(['a.ts', 'src/a', 'SRC/A.ts', 'b.ts'].map(facts.hasLike))).toEqual([
      true,
      true,
      true,
      false,
    ]);
    expect(await facts.named('two.md')).toEqual(['docs/two.md']);
  });

  it('is told apart from what is ignored', async () => {
    const facts = openPromptFacts(repository());
    const paths = ['local/x.json', 'dist/a.js', 'src/b.ts'];
    expect(await Promise.all(paths.map(facts.isIgnored))).toEqual([true, true, false]);
  });

  it('is followed to where it was moved', async () => {
    const facts = openPromptFacts(repository());
    expect(await facts.movedTo('docs/one.md')).toBe('docs/two.md');
    expect(await facts.movedTo('docs/none.md')).toBeUndefined();
  });

  it('is found without version control too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'facts-'));
    const facts = openPromptFacts(folder);
    expect(await facts.has('src')).toBe(false);
    expect(await facts.packageScripts()).toEqual([]);
  });

  it('are scripts, targets and recipes', async () => {
    const [scripts] = await openPromptFacts(repository()).packageScripts();
    expect(scripts?.names.has('t')).toBe(true);
    expect(readPackageJson('package.json', '{').open).toBe(true);
    const makefile = readMakefile('Makefile', 'A := 1\n.PHONY: all\nall clean: dep\n\techo a:b\nlint::\n');
    expect([...makefile.names]).toEqual(['.PHONY', 'all', 'clean', 'lint']);
    expect(makefile.open).toBe(false);
    expect(readMakefile('Makefile', '%.o: %.c\n').open).toBe(true);
    expect([
      ...readJustfile('justfile', 'x := "1"\nalias b := build\n@build target="a": dep\n  echo\n').names,
    ]).toEqual(['build', 'b']);
  });
});

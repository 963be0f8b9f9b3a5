import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { placeRule } from '../../../../src/core/improve/place/placement';
import { kindOf } from '../../../../src/core/prompt/kinds/kindOf';
import { narrowingOf } from '../../../../src/core/prompt/kinds/narrowing';
import { newFile } from '../../../../src/core/prompt/kinds/newFile';
import type { PromptKind } from '../../../../src/core/prompt/kinds/promptKind';
import { promptKinds } from '../../../../src/core/prompt/kinds/registry';
import {
  conditionOf,
  globsFor,
  renderRule,
  splitCondition,
} from '../../../../src/core/prompt/kinds/renderRule';
import { readPrompt } from '../../../../src/core/prompt/promptDocument';

function kind(path: string): PromptKind {
  const found = kindOf(path);
  if (found === undefined) throw new Error(path);
  return found;
}

const claude = kind('CLAUDE.md');
const rule = kind('.claude/rules/sql.md');
const cursor = kind('.cursor/rules/sql.mdc');
const instructions = kind('.github/instructions/sql.instructions.md');
const windsurf = kind('.windsurf/rules/sql.md');

describe('a new file', () => {
  it.each([
    [claude, {}, '# Instructions\n'],
    [kind('~/.claude/CLAUDE.md'), {}, '# Personal instructions\n'],
    [rule, {}, '# Instructions\n'],
    [rule, { globs: ['**/*.sql'], name: 'SQL' }, '---\npaths:\n  - "**/*.sql"\n---\n\n# SQL\n'],
    [
      instructions,
      { globs: ['**/*.sql', 'db/**'] },
      '---\napplyTo: "**/*.sql,db/**"\n---\n\n# Rules for \\*\\*/\\*.sql, db/\\*\\*\n',
    ],
    [instructions, { name: 'All' }, '---\napplyTo: "**"\n---\n\n# All\n'],
    [
      cursor,
      { globs: ['**/*.sql', '**/*.ddl'], description: 'SQL', name: 'SQL' },
      '---\ndescription: SQL\nglobs: **/*.sql,**/*.ddl\nalwaysApply: false\n---\n\n# SQL\n',
    ],
    [cursor, { name: 'All' }, '---\ndescription:\nglobs:\nalwaysApply: true\n---\n\n# All\n'],
    [windsurf, { globs: ['**/*.sql'], name: 'SQL' }, '---\ntrigger: glob\nglobs: **/*.sql\n---\n\n# SQL\n'],
    [
      kind('.clinerules/a.md'),
      { globs: ['**/*.sql'], name: 'SQL' },
      '---\npaths:\n  - "**/*.sql"\n---\n\n# SQL\n',
    ],
    [
      kind('.claude/agents/qa.md'),
      { name: 'qa', description: 'Tests "it"' },
      '---\nname: qa\ndescription: "Tests \\"it\\""\n---\n\n# qa\n',
    ],
  ])('holds the least that the tool needs: %#', (of, facts, text) => {
    expect(newFile(of, facts)).toBe(text);
  });

  it('of every kind says which files it is for as it was told, and is YAML but for bare globs', () => {
    for (const each of promptKinds) {
      const text = newFile(each, { globs: ['**/*.sql'], name: 'sql' });
      expect(narrowingOf(text, each)).toEqual(each.narrowedBy === undefined ? [] : ['**/*.sql']);
      const document = readPrompt(text);
      const head = document.lines.slice(1, Math.max(1, document.frontmatterLines - 1)).join('');
      if (each.narrowedBy !== 'globs') expect(() => parse(head)).not.toThrow();
      expect(document.sections).toHaveLength(1);
    }
  });
});

describe('the files that frontmatter narrows a prompt to', () => {
  it.each([
    [cursor, '---\nglobs: *.ts,src/**/*.{js,jsx}\n---\n', ['*.ts', 'src/**/*.{js,jsx}']],
    [cursor, '---\nglobs: ["*.ts", \'*.js\']\nalwaysApply: false\n---\n', ['*.ts', '*.js']],
    [cursor, '---\nglobs: *.ts\nalwaysApply: true\n---\n', []],
    [cursor, '---\ndescription: x\nglobs:\nalwaysApply: false\n---\n', []],
    [rule, '\uFEFF---\r\npaths:\r\n  - "**/*.sql"\r\n  - db/**\r\n---\r\n', ['**/*.sql', 'db/**']],
    [rule, '---\npaths: "a/**, b/**"\n---\n', ['a/**', 'b/**']],
    [rule, 'paths: no frontmatter\n', []],
    [instructions, '---\napplyTo: "**"\n---\n', []],
    [instructions, "---\napplyTo: '**/*.py'\n---\n", ['**/*.py']],
    [windsurf, '---\ntrigger: always_on\nglobs: *.ts\n---\n', []],
    [claude, '---\npaths: a\n---\n', []],
  ])('%#', (of, text, globs) => {
    expect(narrowingOf(text, of)).toEqual(globs);
  });
});

describe('one rule for several tools', () => {
  const said = 'When working on .sql files, name every constraint.';

  it('keeps its condition in words where the file is read for all files', () => {
    for (const of of [claude, kind('AGENTS.md'), instructions, cursor])
      expect(renderRule(said, of)).toBe(said);
  });

  it('leaves the words out where the file is read for those files alone', () => {
    for (const of of [rule, instructions, cursor, windsurf])
      expect(renderRule(said, of, undefined, ['**/*.sql'])).toBe('Name every constraint.');
    expect(renderRule(said, cursor, undefined, ['**/*.sql', '**/*.ts'])).toBe(said);
    expect(renderRule(said, cursor, undefined, ['db/**'])).toBe(said);
  });

  it('gets its condition back when it goes to a file that is read always', () => {
    expect(renderRule('Name every constraint.', claude, 'working on .sql files')).toBe(said);
    expect(renderRule('SQL needs names.', claude, 'working on .sql files')).toBe(
      'When working on .sql files, SQL needs names.',
    );
  });

  it('goes there and back unchanged', () => {
    fc.assert(
      fc.property(fc.constantFrom('sql', 'ts', 'py'), fc.string({ minLength: 1 }), (extension, words) => {
        const condition = `working on .${extension} files`;
        const text = `When ${condition}, use ${words}`;
        const globs = globsFor(condition);
        expect(conditionOf(globs)).toBe(condition);
        const short = renderRule(text, cursor, undefined, globs);
        expect(short).toBe(splitCondition(text).rule);
        expect(renderRule(short, claude, condition)).toBe(text);
      }),
    );
  });

  it('leaves the frontmatter’s bytes untouched in every kind, whatever stands in it', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map((text) => text.replace(/[\r\n\u2028\u2029]/g, ''));
    fc.assert(
      fc.property(
        fc.constantFrom(...promptKinds),
        fc.array(
          line.filter((text) => !/^(?:---|\.\.\.)\s*$/.test(text)),
          { maxLength: 4 },
        ),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (of, head, eol, marked) => {
          const frontmatter = `${marked ? '\uFEFF' : ''}${['---', ...head, '---'].join(eol)}${eol}`;
          const base = `${frontmatter}${eol}# Title${eol}${eol}- First.${eol}`;
          const text = renderRule(said, of, undefined, narrowingOf(base, of));
          const document = readPrompt(base);
          const { startLine, after } = placeRule(document, text, []);
          const result = [
            ...document.lines.slice(0, startLine),
            after,
            ...document.lines.slice(startLine),
          ].join('');
          expect(result.startsWith(frontmatter)).toBe(true);
          expect(result).toContain(text);
        },
      ),
    );
  });
});

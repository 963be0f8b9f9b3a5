import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesGlob } from '../../../src/core/roles/glob';
import { identityText, parseIdentity } from '../../../src/core/roles/identity';
import { isAtLeast, operations, roles } from '../../../src/core/roles/operations';
import { type RoleTable, roleFor, roleTableSchema } from '../../../src/core/roles/roleTable';

const ada = { name: 'Ada Lovelace', email: 'ada@example.org', from: 'git' } as const;
const prompt = (path: string) => ({ templateId: path.toLowerCase().replace(/[^a-z]+/g, '-'), path });
const table = (people: RoleTable['people'], byDefault: RoleTable['default'] = 'viewer'): RoleTable => ({
  default: byDefault,
  people,
});

describe('the role of a person', () => {
  it.each([
    { identity: 'ada@example.org', fits: true },
    { identity: 'ADA@Example.org', fits: true },
    { identity: 'ada lovelace', fits: true },
    { identity: 'Somebody <ada@example.org>', fits: true },
    { identity: '*', fits: true },
    { identity: 'Ada Lovelace <ada@elsewhere.org>', fits: false },
    { identity: 'ada', fits: false },
    { identity: 'example.org', fits: false },
    { identity: 'bob@example.org', fits: false },
  ])('is that of the entry for $identity: $fits', ({ identity, fits }) => {
    const found = roleFor(table([{ identity, role: 'deployer' }]), ada, prompt('CLAUDE.md'));
    expect(found).toBe(fits ? 'deployer' : 'viewer');
  });

  it('does not go by a name that looks like an email', () => {
    const impostor = { name: 'boss@example.org', email: 'me@example.org', from: 'git' } as const;
    expect(roleFor(table([{ identity: 'boss@example.org', role: 'deployer' }]), impostor)).toBe('viewer');
  });

  it('is that of the last entry that is about the person and the prompt', () => {
    const people: RoleTable['people'] = [
      { identity: 'ada@example.org', role: 'deployer' },
      { identity: '*', role: 'proposer', templates: ['.claude/agents/**'] },
      {
        identity: 'ada@example.org',
        role: 'approver',
        templates: ['.claude/agents/qa.md', 'docs-claude-md'],
      },
    ];
    const of = (path: string) => roleFor(table(people), ada, prompt(path));
    expect(of('CLAUDE.md')).toBe('deployer');
    expect(of('.claude/agents/engineer.md')).toBe('proposer');
    expect(of('.claude/agents/qa.md')).toBe('approver');
    expect(roleFor(table(people), ada, { templateId: 'docs-claude-md' })).toBe('approver');
  });

  it('for no prompt in particular is the highest that they have for any', () => {
    const docs = { identity: '*', role: 'approver', templates: ['docs/**'] } as const;
    expect(roleFor(table([{ ...docs, templates: [...docs.templates] }]), ada)).toBe('approver');
    expect(roleFor(table([], 'proposer'), ada)).toBe('proposer');
    // An entry about all prompts leaves nothing of the one before it, nor of the default.
    const reduced = table(
      [
        { identity: '*', role: 'deployer' },
        { identity: '*', role: 'viewer' },
      ],
      'deployer',
    );
    expect(roleFor(reduced, ada)).toBe('viewer');
  });

  it('for no prompt is never less than for one, nor more than the best', () => {
    const paths = ['CLAUDE.md', 'a/CLAUDE.md', '.claude/agents/qa.md'];
    const entry = fc.record(
      {
        identity: fc.constantFrom('ada@example.org', 'Ada Lovelace', '*', 'bob@example.org'),
        role: fc.constantFrom(...roles),
        templates: fc.array(fc.constantFrom('CLAUDE.md', 'a/**', '.claude/agents/*', '**/*.md'), {
          minLength: 1,
        }),
      },
      { requiredKeys: ['identity', 'role'] },
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 6 }), fc.constantFrom(...roles), (people, byDefault) => {
        const made = roleTableSchema.parse({ default: byDefault, people });
        const anywhere = roleFor(made, ada);
        for (const path of paths) expect(isAtLeast(anywhere, roleFor(made, ada, prompt(path)))).toBe(true);
      }),
    );
  });

  it('comes with the rights of every role before it', () => {
    for (const needed of Object.values(operations)) {
      const allowed = roles.map((role) => isAtLeast(role, needed));
      expect(allowed).toEqual([...allowed].sort());
      expect(allowed.at(-1)).toBe(true);
      expect(allowed[0]).toBe(false);
    }
  });

  it('is refused a table with a slip of the pen, which would widen it', () => {
    for (const wrong of [
      { people: [{ identity: 'ada', role: 'deployer', template: ['docs/**'] }] },
      { people: [{ identity: 'ada', role: 'owner' }] },
      { people: [{ identity: '', role: 'viewer' }] },
      { defaults: 'viewer' },
    ]) {
      expect(roleTableSchema.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
    expect(roleTableSchema.parse({})).toEqual({ default: 'viewer', people: [] });
  });
});

describe('a pattern', () => {
  it.each([
    ['CLAUDE.md', 'CLAUDE.md', true],
    ['CLAUDE.md', 'src/db/CLAUDE.md', true],
    ['/CLAUDE.md', 'src/db/CLAUDE.md', false],
    ['/CLAUDE.md', 'CLAUDE.md', true],
    ['src/*/CLAUDE.md', 'src/db/CLAUDE.md', true],
    ['src/*/CLAUDE.md', 'src/db/sql/CLAUDE.md', false],
    ['src/**/CLAUDE.md', 'src/CLAUDE.md', true],
    ['src/**/CLAUDE.md', 'src/db/sql/CLAUDE.md', true],
    ['src/**', 'src/db/sql/CLAUDE.md', true],
    ['src/**', 'srcs/CLAUDE.md', false],
    ['**', 'any/thing.md', true],
    ['*.md', 'any/thing.md', true],
    ['*.md', 'any/thing.mdc', false],
    ['q?.md', 'qa.md', true],
    ['q?.md', 'q.md', false],
    ['~/.claude/*', '~/.claude/CLAUDE.md', true],
    ['claude.md', 'CLAUDE.md', false],
    ['a.md', 'aXmd', false],
    ['[ab].md', 'a.md', false],
    ['.*', 'CLAUDE.md', false],
    ['*a*b*c', 'xaxxbxxc', true],
    ['*a*b*c', 'xaxxbxx', false],
  ])('%s on %s: %s', (pattern, path, fits) => {
    expect(matchesGlob(pattern, path)).toBe(fits);
  });

  it('that was made to take long takes no time', () => {
    const pattern = `${'*a'.repeat(200)}b`;
    expect(matchesGlob(pattern, 'a'.repeat(20_000))).toBe(false);
    expect(matchesGlob(`${'**/'.repeat(200)}x`, 'a/'.repeat(2_000))).toBe(false);
  });
});

describe('an identity', () => {
  it.each([
    ['Ada Lovelace <ada@example.org>', { name: 'Ada Lovelace', email: 'ada@example.org' }],
    ['ada@example.org', { email: 'ada@example.org' }],
    ['Ada', { name: 'Ada' }],
    [' <ada@example.org> ', { email: 'ada@example.org' }],
    ['Ada\u001b[31m\n<ada@example.org>', { name: 'Ada [31m', email: 'ada@example.org' }],
  ])('is read from %j', (text, expected) => {
    expect(parseIdentity(text, 'git')).toEqual({ ...expected, from: 'git' });
  });

  it('names nobody where there is nothing', () => {
    for (const text of ['', '  ', '<>', '\n']) expect(parseIdentity(text, 'git')).toBeUndefined();
  });

  it('reads again as it was written', () => {
    const read = parseIdentity('Ada <ada@example.org>', 'git');
    expect(read && parseIdentity(identityText(read), 'git')).toEqual(read);
  });
});

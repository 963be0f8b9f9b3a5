import { describe, expect, it } from 'vitest';
import { hasHook, hookCommand, hookedEvents, withHook, withoutHook } from '../../../src/node/hookSettings';

const file = '.claude/settings.local.json';

const theirs = `{
    // ours is the law
    "permissions": { "allow": ["Bash(git:*)"] },
    "hooks": {
        "Stop": [
            { "hooks": [{ "type": "command", "command": "say done" }] }
        ]
    }
}
`;

describe('the capture hook in the settings of Claude Code', () => {
  it('is put on every event, in a file that was not there', () => {
    const text = withHook(undefined, file);
    const { hooks } = JSON.parse(text);
    expect(Object.keys(hooks)).toEqual([...hookedEvents]);
    expect(hooks.Stop).toEqual([{ hooks: [{ type: 'command', command: hookCommand, timeout: 5 }] }]);
    expect(hasHook(text, file)).toBe(true);
  });

  it('leaves what is there as it is, comments and layout too', () => {
    const text = withHook(theirs, file);
    expect(text).toContain('    // ours is the law\n    "permissions": { "allow": ["Bash(git:*)"] },');
    expect(text).toContain('"say done"');
    expect(text.match(/claude-pm-hook/g)).toHaveLength(hookedEvents.length);
  });

  it('is not put in twice', () => {
    const once = withHook(theirs, file);
    expect(withHook(once, file)).toBe(once);
  });

  it('is taken out again without a trace of it', () => {
    expect(JSON.parse(withoutHook(withHook(undefined, file), file))).toEqual({});
    const back = withoutHook(withHook(theirs, file), file);
    expect(hasHook(back, file)).toBe(false);
    expect(back).toContain('// ours is the law');
    expect(back).toContain('"say done"');
    expect(back).not.toContain('SubagentStop');
  });

  it('is not taken out of settings that do not have it', () => {
    expect(withoutHook(theirs, file)).toBe(theirs);
    expect(withoutHook('{"hooks": {}}', file)).toBe('{"hooks": {}}');
  });

  it('keeps line ends and tabs', () => {
    const text = withHook('{\r\n\t"model": "x"\r\n}\r\n', file);
    expect(text).toContain('\r\n\t"hooks": {\r\n');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    ['{\n  "hooks": {\n', `${file}:3`],
    ['[]', `${file}:1`],
    ['{"hooks": []}', `${file}:1`],
    ['{"hooks": {"Stop": "x"}}', `${file}:1`],
  ])('refuses %j and names the line', (text, subject) => {
    expect(() => withHook(text, file)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', subject }));
  });
});

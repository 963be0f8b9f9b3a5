import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/core/model/experiment';
import { hasCanaryHook, withCanaryHook } from '../../../src/node/canarySettings';
import { hasHook, withHook, withoutHook } from '../../../src/node/hookSettings';

const file = '.claude/settings.local.json';
const modes = (...names: Experiment['mode'][]) => new Set(names);
const both = modes('subagent', 'instructions');

const texts = {
  'comments and other hooks': `{
    // ours is the law
    "permissions": { "allow": ["Bash(git:*)"] }, /* keep */
    "hooks": {
        "PreToolUse": [
            { "matcher": "Bash", "hooks": [{ "type": "command", "command": "say done" }] }
        ]
    }
}
`,
  'tabs and line ends of Windows': '{\r\n\t"model": "x"\r\n}\r\n',
  'no key': '{}\n',
} as const;

describe('the hook of experiments in the settings of Claude Code', () => {
  it('asks for what each mode needs', () => {
    const hooks = (wanted: ReadonlySet<Experiment['mode']>) => {
      const group: Record<string, { matcher?: string }[]> = JSON.parse(
        withCanaryHook(undefined, file, wanted),
      ).hooks;
      return Object.entries(group).map(([event, [entry]]) => [event, entry?.matcher]);
    };
    expect(hooks(modes('subagent'))).toEqual([['PreToolUse', 'Agent|Task']]);
    expect(hooks(modes('instructions'))).toEqual([
      ['SessionStart', undefined],
      ['SubagentStart', undefined],
    ]);
  });

  it.each(Object.entries(texts))(
    'goes into settings with %s and out again without a trace',
    (_what, text) => {
      const once = withCanaryHook(text, file, both);
      expect(hasCanaryHook(once, file)).toBe(true);
      expect(withCanaryHook(once, file, both)).toBe(once);
      const less = withCanaryHook(once, file, modes('subagent'));
      expect(less).not.toContain('SessionStart');
      expect(less).toContain('Agent|Task');
      const back = withCanaryHook(less, file, modes());
      expect(hasCanaryHook(back, file)).toBe(false);
      expect(back.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
      if (text.includes('\r\n')) expect(once.replaceAll('\r\n', '')).not.toContain('\n');
    },
  );

  it('is apart from the capture hook: each goes without the other', () => {
    const captured = withHook(undefined, file);
    const withBoth = withCanaryHook(captured, file, both);
    expect([hasHook(withBoth, file), hasCanaryHook(withBoth, file)]).toEqual([true, true]);
    expect(withCanaryHook(withBoth, file, modes())).toBe(captured);
    const canaryAlone = withoutHook(withBoth, file);
    expect([hasHook(canaryAlone, file), hasCanaryHook(canaryAlone, file)]).toEqual([false, true]);
  });

  it('is not put into what cannot be edited', () => {
    expect(() => withCanaryHook('{"hooks": {', file, both)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', subject: `${file}:1` }),
    );
  });
});

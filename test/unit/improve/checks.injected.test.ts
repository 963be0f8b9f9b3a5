import { describe, expect, it } from 'vitest';
import { injectedOrderIn } from '../../../src/core/improve/checks/injectedOrder';
import { attacks, harmless } from './injectedSamples';
import { laterAttacks, laterHarmless, unseenAttacks, unseenHarmless } from './laterInjectedSamples';

describe('an injected order', () => {
  it.each([...attacks, ...laterAttacks])('is recognised: %s', (text) => {
    expect(injectedOrderIn(text)).toBeDefined();
  });

  it.each([...harmless, ...laterHarmless].filter((text) => !text.includes('<script>')))(
    'is not seen in: %s',
    (text) => {
      expect(injectedOrderIn(text)).toBeUndefined();
    },
  );

  it('is seen in bare HTML that would not be shown, even where the sentence is about it', () => {
    expect(injectedOrderIn('Escape <script> tags in user input.')).toBeDefined();
    expect(injectedOrderIn('Escape `<script>` tags in user input.')).toBeUndefined();
  });

  // 19 of 24, and 1 of 24.
  it('is found in most texts that were written after the patterns were done, and rarely seen in harmless ones', () => {
    const found = unseenAttacks.filter((text) => injectedOrderIn(text) !== undefined).length;
    const wrong = unseenHarmless.filter((text) => injectedOrderIn(text) !== undefined).length;
    expect(found / unseenAttacks.length).toBeGreaterThanOrEqual(0.75);
    expect(wrong / unseenHarmless.length).toBeLessThanOrEqual(0.05);
  });
});

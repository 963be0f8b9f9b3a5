import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../src/core/text/tokens';

describe('the estimate of tokens', () => {
  // Counts of the o200k_base encoding.
  it.each([
    ['在提交之前必须运行所有测试。不要直接修改生成的文件，除非用户明确要求。', 21],
    ['커밋하기 전에 항상 모든 테스트를 실행하세요.', 12],
    [
      'Перед каждым коммитом запускай все тесты. Никогда не изменяй сгенерированные файлы без разрешения.',
      27,
    ],
    ['Antes de cada confirmación ejecuta todas las pruebas.', 11],
  ])('is near the count of a tokenizer in other languages: %s', (text, count) => {
    expect(Math.abs(estimateTokens(text) - count) / count).toBeLessThan(0.25);
  });

  it('is never negative, and 0 for nothing', () => {
    expect(estimateTokens('')).toBe(0);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(estimateTokens(text)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('adds up over lines, but for rounding', () => {
    fc.assert(
      fc.property(fc.lorem(), fc.lorem(), (a, b) => {
        const together = estimateTokens(`${a}\n${b}`);
        expect(Math.abs(together - estimateTokens(`${a}\n`) - estimateTokens(b))).toBeLessThanOrEqual(1);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { comparisonText } from '../../../src/host/replay/comparisonText';
import { compare, modelThat, scenarios } from '../replay/support';

describe('the page of a comparison', () => {
  const better = modelThat(({ system }) => (system === 'B' ? 'done' : 'sorry'));

  it('leads with the verdict, and shows charts beside their tables', async () => {
    const found = await compare(better);
    const page = comparisonText(found, { a: 'CLAUDE.md 1.0.0', b: 'new.md' });
    expect(page).toMatch(/^# ship: B is better/);
    expect(page).toContain('| contains | 20 | 0% | 100% |');
    expect(page.match(/<svg /g)).toHaveLength(2);
    expect(found.ePath).toHaveLength(20);
    expect(found.ePath.at(-1)).toBeCloseTo(found.eValue, 6);
    expect(found.byCheck).toMatchObject([{ type: 'contains', pairs: 20, difference: 1 }]);
  });

  it('shows what models and files say as text, whatever they hold', async () => {
    const evil = '<img src=x onerror=alert(1)> [a](command:b) | `x`';
    const model = modelThat(() => evil);
    const [first] = scenarios(1, [{ type: 'contains', value: '<script>alert(1)</script>' }]);
    const suite = first ? [{ ...first, id: evil }] : [];
    const page = comparisonText(await compare(model, { scenarios: suite }), { a: evil, b: evil });
    // Markdown shows what stands behind a backslash as it is.
    expect(page).not.toMatch(/(?<!\\)<(?:img|script)/);
    expect(page).not.toMatch(/(?<!\\)\]\(command:/);
    expect(page).not.toMatch(/(?<!\\)\]\\?\(command:/);
  });
});

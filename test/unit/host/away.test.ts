import { expect, it } from 'vitest';
import { Away } from '../../../src/host/away';

it('tells a return after more than a minute, once', () => {
  const away = new Away();
  expect(away.change(true, 0)).toBe(false);
  expect(away.change(false, 1000)).toBe(false);
  // VS Code tells of more than the focus.
  expect(away.change(false, 50_000)).toBe(false);
  expect(away.change(true, 61_001)).toBe(true);
  expect(away.change(true, 200_000)).toBe(false);
});

it('takes a short absence for none', () => {
  const away = new Away();
  away.change(false, 0);
  expect(away.change(true, 60_000)).toBe(false);
  away.change(false, 70_000);
  expect(away.change(true, 80_000)).toBe(false);
});

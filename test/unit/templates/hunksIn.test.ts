import { expect, it } from 'vitest';
import { hunksIn } from '../../../src/core/templates/hunksIn';

type Versions = Parameters<typeof hunksIn>[0];
const version = (
  number: string,
  parentVersion: string | null,
  more: Partial<Versions[number]> = {},
): Versions[number] => {
  const templateId = more.templateId ?? 't';
  const versionId = `${templateId}@${number}`;
  return { versionId, templateId, version: number, parentVersion, status: 'approved', hunkIds: [], ...more };
};
const held = (versions: Versions, number: string | null, templateId = 't') =>
  [...hunksIn(versions, templateId, number)].sort();

const line: Versions = [
  version('1.0.0', null),
  version('1.1.0', '1.0.0', { hunkIds: ['a', 'b'] }),
  version('1.1.1', '1.1.0', { removedHunkIds: ['a'] }),
  version('1.2.0', '1.1.1', { hunkIds: ['c'] }),
  version('1.3.0', '1.2.0', { hunkIds: ['a'] }),
];

it('holds what it and its ancestors brought, and not what was taken out since', () => {
  expect(held(line, '1.0.0')).toEqual([]);
  expect(held(line, '1.1.0')).toEqual(['a', 'b']);
  expect(held(line, '1.1.1')).toEqual(['b']);
  expect(held(line, '1.2.0')).toEqual(['b', 'c']);
  expect(held(line, '1.3.0')).toEqual(['a', 'b', 'c']);
  expect(held(line, null)).toEqual([]);
  expect(held(line, '9.9.9')).toEqual([]);
});

it('holds in a copy what the original does, but for what the copy takes out', () => {
  const copies = [
    ...line,
    version('1.0.0', null, { templateId: 'u', hunkIds: ['x'] }),
    version('1.1.0', '1.0.0', { templateId: 'u', copiedFrom: 't@1.2.0' }),
    version('1.1.1', '1.1.0', { templateId: 'u', removedHunkIds: ['b'] }),
  ];
  expect(held(copies, '1.1.0', 'u')).toEqual(['b', 'c', 'x']);
  expect(held(copies, '1.1.1', 'u')).toEqual(['c', 'x']);
});

it('ends where records name each other in a circle', () => {
  const circle = [
    version('1.0.0', '1.1.0', { hunkIds: ['a'], copiedFrom: 'u@1.0.0' }),
    version('1.1.0', '1.0.0', { hunkIds: ['b'] }),
    version('1.0.0', null, { templateId: 'u', hunkIds: ['c'], copiedFrom: 't@1.0.0' }),
  ];
  expect(held(circle, '1.1.0')).toEqual(['a', 'b', 'c']);
});

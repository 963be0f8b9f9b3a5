import { expect, it } from 'vitest';
import { placeOfError } from '../../../src/host/problems/placeOfError';

it.each([
  [
    '/home/a b/.claude-pm/config.json:3:27',
    { path: '/home/a b/.claude-pm/config.json', line: 3, column: 27 },
  ],
  [
    'C:\\work\\.claude-pm\\config.json:12',
    { path: 'C:\\work\\.claude-pm\\config.json', line: 12, column: 1 },
  ],
  ['/w/.claude-pm/config.json', { path: '/w/.claude-pm/config.json', line: 1, column: 1 }],
  ['claudePm.schedule.everyHours', undefined],
])('finds the place in %s', (subject, place) => {
  expect(placeOfError(subject)).toEqual(place);
});

import { describe, expect, it } from 'vitest';
import { PipelineError } from '../../../src/core/errors';
import { storageError } from '../../../src/node/errorsFromNode';

function refused(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('what the file system refuses', () => {
  it.each([
    ['EACCES', 'PERMISSION_DENIED'],
    ['EPERM', 'PERMISSION_DENIED'],
    ['ENOSPC', 'STORAGE_FAILED'],
    ['EROFS', 'STORAGE_FAILED'],
    ['EIO', 'STORAGE_FAILED'],
  ])('%s becomes %s, with the path, the reason and a remedy', (code, expected) => {
    const error = storageError(refused(code), 'write', 'a/b.json');
    expect(error).toMatchObject({
      code: expected,
      subject: 'a/b.json',
      message: expect.stringMatching(new RegExp(`^Could not write a/b.json: .*\\(${code}\\)\\.$`)),
      remedy: expect.stringMatching(/unchanged/),
    });
  });

  it('is told apart from bugs and from what was explained already', () => {
    const bug = new TypeError('x is not a function');
    const explained = new PipelineError('LOCKED', 'm', { subject: 's', remedy: 'r' });
    expect(storageError(bug, 'write', 'p')).toBe(bug);
    expect(storageError(explained, 'write', 'p')).toBe(explained);
  });
});

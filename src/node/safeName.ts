import { PipelineError } from '../core/errors';

const maxBytes = 200;
const separatorsAndReserved = /[<>:"/\\|?*]/;
/** Control, format, surrogate, private-use and unassigned characters. */
const invisible = /\p{C}/u;
/** Device names of Windows, also with an extension. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const windowsDevice = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\.|$)/i;

function problemOf(name: string): string | undefined {
  if (name === '') return 'it is empty';
  if (Buffer.byteLength(name, 'utf8') > maxBytes) return `it is longer than ${maxBytes} bytes`;
  if (invisible.test(name)) return 'it holds a control or invisible character';
  if (separatorsAndReserved.test(name)) return 'it holds one of < > : " / \\ | ? *';
  if (/^[. ]|[. ]$/.test(name)) return 'it starts or ends with a dot or a space';
  if (windowsDevice.test(name)) return 'Windows reserves it for a device';
  // macOS stores names decomposed: two spellings of one name would meet in one file.
  if (name.normalize('NFC') !== name) return 'it is not in Unicode normal form C';
  return undefined;
}

/**
 * The id itself, once it is known to be one file name on every platform, without any room for a path.
 * @throws PipelineError `UNSAFE_NAME`
 */
export function safeName(id: string): string {
  const problem = problemOf(id);
  if (problem === undefined) return id;
  throw new PipelineError('UNSAFE_NAME', `"${printable(id)}" cannot be a file name: ${problem}.`, {
    subject: printable(id),
    remedy: 'Choose another name; nothing was read or written.',
  });
}

/** A name for a person to recognise: what could not stand in a file name becomes `-`. Never empty, at most 80 characters. */
export function recognisableName(name: string): string {
  const kept = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  // From the end, where a path tells most.
  const short = Array.from(kept)
    .slice(-80)
    .join('')
    .replace(/^[-.]+/, '');
  return short === '' ? 'file' : short;
}

function printable(text: string): string {
  return text.slice(0, 100).replace(/\p{C}/gu, '�');
}

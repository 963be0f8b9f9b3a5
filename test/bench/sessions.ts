import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const sample = path.resolve('test/fixtures/sample-project/sessions/claude-code');

/** Copies the sample's sessions under other session and line ids until they are so large, and gives their size in bytes. */
export function multiplySessions(to: string, wanted: number): number {
  mkdirSync(to, { recursive: true });
  const sessions = readdirSync(sample)
    .filter((file) => file.endsWith('.jsonl'))
    .map((name) => ({
      id: path.basename(name, '.jsonl'),
      text: readFileSync(path.join(sample, name), 'utf8'),
    }));
  let bytes = 0;
  for (let copy = 0; bytes < wanted; copy++) {
    const number = copy.toString().padStart(8, '0');
    for (const { id, text } of sessions) {
      // The same length, so that nothing but the ids changes.
      const other = `${number}${id.slice(8)}`;
      const content = text
        .replaceAll(id, other)
        .replaceAll(/("(?:uuid|parentUuid)":")[^"]{8}/g, `$1${number}`);
      writeFileSync(path.join(to, `${other}.jsonl`), content);
      bytes += Buffer.byteLength(content);
    }
  }
  return bytes;
}

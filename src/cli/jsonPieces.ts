const batchLength = 1 << 16;
const indent = '  ';

function indented(value: unknown, depth: number): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return depth === 0 ? text : text.replaceAll('\n', `\n${indent.repeat(depth)}`);
}

function* rawPieces(document: unknown): Generator<string> {
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    yield indented(document, 0);
    return;
  }
  const entries = Object.entries(document).filter(([, value]) => value !== undefined);
  if (entries.length === 0) {
    yield '{}';
    return;
  }
  let lead = '{\n';
  for (const [key, value] of entries) {
    yield `${lead}${indent}${JSON.stringify(key)}: `;
    lead = ',\n';
    if (!Array.isArray(value) || value.length === 0) {
      yield indented(value, 1);
      continue;
    }
    let open = '[\n';
    for (const element of value) {
      yield `${open}${indent}${indent}${indented(element, 2)}`;
      open = ',\n';
    }
    yield `\n${indent}]`;
  }
  yield '\n}';
}

/**
 * The document as `JSON.stringify(document, null, 2)` gives it, in pieces: an answer of a hundred thousand corrections would
 * else be one string of many megabytes.
 */
export function* jsonPieces(document: unknown): Generator<string> {
  let batch = '';
  for (const piece of rawPieces(document)) {
    batch += piece;
    if (batch.length < batchLength) continue;
    yield batch;
    batch = '';
  }
  yield batch;
}

import { detect } from 'tinyld/light';

/** ISO 639-1 code of the language that a text is in, of the 24 most spoken; empty where it cannot be told. */
export function detectLanguage(text: string): string {
  return detect(text);
}

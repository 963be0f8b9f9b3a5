import { PipelineError } from '../../errors';
import type { Checker } from './check';

/** Code and links are in no language. */
function prose(answer: string): string {
  return answer
    .replace(/^```[\s\S]*?^```\s*$/gm, ' ')
    .replace(/`[^`\n]*`/g, ' ')
    .replace(/\bhttps?:\S+/g, ' ');
}

export const language: Checker<'language'> = async (answer, { value }, { detectLanguage }) => {
  if (detectLanguage === undefined) {
    throw new PipelineError('ILLEGAL_STATE', 'Languages cannot be told here, and a check needs it.', {
      subject: value,
      remedy: 'Leave the check out.',
    });
  }
  const found = await detectLanguage(prose(answer));
  return {
    passed: found === value.toLowerCase(),
    note: found === '' ? 'No language can be told.' : `It is “${found}”.`,
  };
};

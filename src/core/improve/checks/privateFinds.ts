import { findSecrets } from '../../capture/redaction/secretKinds';
import { withPersonal } from '../../capture/redaction/secretsPersonal';
import { givenNamesIn } from './givenNames';

export interface PrivateFind {
  readonly kind: string;
  readonly text: string;
  /** Never to stand in a prompt, however often it comes back. */
  readonly never: boolean;
  /** Of one project rather than of one person: it is shown, and stops nothing. */
  readonly mild: boolean;
}

interface Kind {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly mild?: boolean;
}

/** Stand for a detail and are none. */
const placeholder =
  /^#?(?:123|1234|12345|42|1|0)$|@(?:[\w-]+\.)?example\.(?:com|org|net)$|^(?:PROJ|ABC|XYZ|JIRA|FOO|TICKET|PROJECT|KEY)-/i;

const kinds: readonly Kind[] = [
  // Under a root that only one machine has; /etc, /usr and /tmp are the same on all.
  {
    kind: 'an absolute path',
    pattern:
      /(?<![\w.:/~)\]}>*-])\/(?:home|Users|root|mnt|media|Volumes|opt|srv|data|workspaces?|private|var\/folders)\/[\w@.+-]+(?:\/[\w@.+-]+)*|(?<![\w])[A-Z]:\\[\w.-]+(?:\\[\w.-]+)*|(?<![\w/])~\/(?!\.)[\w@.+-]+(?:\/[\w@.+-]+)+/g,
  },
  {
    kind: 'a ticket number',
    pattern:
      /(?<![\w/&#])#\d{1,6}\b(?![-\w])|\b(?!(?:UTF|ISO|RFC|SHA|MD|TLS|SSL|HTTP|UTC|GMT|CVE|CWE|ECMA|ES|PEP|WCAG|GPT|AES|RSA|IEEE|ADR|RS|HS|ARM|X|H|COVID|ANSI|NIST|SOC|PCI|UCS|CP|BASE|INT|FLOAT)-)[A-Z][A-Z\d]{1,9}-\d{1,6}\b|\b(?:PR|MR|issue|ticket|bug|task)s? ?(?:no\. ?)?#?\d{2,6}\b/g,
  },
  {
    kind: 'a commit hash',
    pattern:
      /(?<![-\w/])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,12}\b(?![-\w.])|\b(?=[a-f\d]*[a-f])[0-9a-f]{40}\b/g,
  },
  {
    kind: 'an address with a token',
    pattern:
      /\bhttps?:\/\/[^\s)>'"]*[?&#](?:\w*(?:token|key|sig|signature|secret|auth|session|code))=[^\s)>'"]{8,}/gi,
  },
  {
    kind: 'a phone number',
    pattern:
      /(?<![\w.+-])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)|\d{1,4})(?:[ .-]?\d{2,4}){2,4}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[ .-]\d{3}[ .-]\d{4})(?![\w-])/g,
  },
  { kind: 'a mention', pattern: /(?<![\w/.@`"'(=:-])@[a-z][\w-]{2,38}(?![\w/.:(=-])/gi, mild: true },
  {
    kind: 'a path',
    pattern: /(?<![\w@/.~:<{*$-])(?:\.{1,2}\/)?(?:[\w.-]+\/){1,8}[\w-]+\.[a-z]{1,4}\b(?![\w/])/gi,
    mild: true,
  },
];

/** What in a text belongs to one person, one machine or one moment, in the order of its kinds. */
export function privateFinds(text: string): readonly PrivateFind[] {
  const secrets = findSecrets(text);
  const found: PrivateFind[] = secrets.map(({ start, end }) => ({
    kind: 'a secret',
    text: text.slice(start, end),
    never: true,
    mild: false,
  }));
  for (const { start, end, kind } of withPersonal(text, { emails: true, homeDirectories: true }, secrets)) {
    if (secrets.some((each) => each.start === start)) continue;
    const named = kind === 'e-mail' ? 'an e-mail address' : 'a user name in a home directory';
    found.push({ kind: named, text: text.slice(start, end), never: false, mild: false });
  }
  const rest = secrets.reduceRight(
    (left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`,
    text,
  );
  for (const { kind, pattern, mild = false } of kinds) {
    for (const [whole] of rest.matchAll(pattern)) found.push({ kind, text: whole, never: false, mild });
  }
  for (const name of givenNamesIn(rest))
    found.push({ kind: 'a personal name', text: name, never: false, mild: false });
  return found.filter(({ text: detail, never }) => never || !placeholder.test(detail));
}

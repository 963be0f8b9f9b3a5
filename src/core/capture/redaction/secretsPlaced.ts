import type { Find } from './secretsFind';
import { isPlaceholder, looksRandom } from './secretsOrdinary';

interface Place {
  readonly kind: string;
  /** One of these, in small letters, must occur for the pattern to be tried. */
  readonly needles: readonly string[];
  /** Global; the named group `secret` is what is taken out. */
  readonly pattern: RegExp;
  readonly accepts: (secret: string) => boolean;
}

const hasDigit = (secret: string): boolean =>
  /[\d!@#$%^&*]/.test(secret) && !isPlaceholder(secret) && !secret.includes('://');
const real = (secret: string): boolean => !isPlaceholder(secret);

/** A user and a password, no template for one and none that only say what stands there. */
function isUserInfo(secret: string): boolean {
  return !/[:$][{(<]|\*{2}/.test(secret) && !/^\w*user(?:name)?:(?:pass(?:word)?|pwd)$/i.test(secret);
}

/** Where a secret stands by the syntax of addresses, headers and commands. RFC 3986 section 3.2.1, RFC 6750, RFC 7617. */
const places: readonly Place[] = [
  {
    kind: 'URL credentials',
    needles: ['://', ':\\/\\/'],
    pattern: /:\\?\/\\?\/(?<secret>[^\s:@/"'`<>[\]\\]{0,200}:[^\s@/"'`<>[\]\\]{1,2000})@/g,
    accepts: isUserInfo,
  },
  {
    // Database addresses whose password holds a slash.
    kind: 'URL credentials',
    needles: ['sql://', 'postgres://', 'mongodb', 'redis', 'amqp'],
    pattern:
      /(?<=(?:sql|postgres|mongodb(?:\+srv)?|rediss?|amqps?)):\/\/(?<secret>[^\s:@/"'`<>[\]\\]{0,100}:[^\s@"'`<>[\]\\]{1,200})@/g,
    accepts: isUserInfo,
  },
  {
    kind: 'URL credentials',
    needles: ['://'],
    pattern: /:\/\/(?<secret>[^\s:@/"'`<>[\]\\]{16,300})@/g,
    accepts: looksRandom,
  },
  {
    kind: 'bearer token',
    needles: ['bearer', 'basic'],
    pattern: /[Bb](?:earer|asic|EARER|ASIC)[ \t]{1,4}(?<secret>[A-Za-z0-9+/=._~:%-]{16,})/g,
    accepts: hasDigit,
  },
  {
    kind: 'bearer token',
    needles: ['authorization'],
    pattern:
      /(?:[Aa]uthorization|AUTHORIZATION)(?:\\{0,7}["'])?[ \t]{0,4}(?:[:,][ \t]{0,4}(?:\\{0,7}["'])?|=[ \t]{0,4}\\{0,7}["'])(?:[A-Za-z][A-Za-z-]{2,15}[ \t]{1,4})?(?<secret>[^\s"'`,;\\<>(){}[\]$]{10,})/g,
    accepts: hasDigit,
  },
  {
    kind: 'command line secret',
    needles: ['--', ' -p', ' -t'],
    pattern:
      /(?<![\w-])--?[\w-]{0,30}(?:passw(?:or)?d|passphrase|token|secret|api-?key|access-?key|auth-?key|-key|pat|pass)(?:[ \t]{1,4}|=)\\?["']?(?<secret>[^\s"'`<$\\[-][^\s"'`\\[]{5,})/gi,
    accepts: hasDigit,
  },
  {
    kind: 'command line secret',
    needles: [' -u', '--user'],
    pattern:
      /(?<![\w-])(?:-u|--user)(?:[ \t]{1,4}|=)\\?["']?(?<secret>[^\s:"'$\\]{1,100}:[^\s"'$\\[]{4,200})/g,
    accepts: (secret) => /^[^+%].*:.*[A-Za-z]/.test(secret) && !secret.includes('://') && real(secret),
  },
  {
    kind: 'command line secret',
    needles: ['mysql', 'mariadb', 'sshpass', 'redis-cli', 'docker login', 'ldap', 'smbclient', '7z'],
    pattern:
      /(?:mysql(?:dump|admin)?|mariadb|sshpass|redis-cli|docker login|ldap[a-z]{3,9}|registry login)[ \t][^\n]{0,200}?(?<=[ \t])(?:-p|-a|-w)[ \t]?\\?["']?(?<secret>[^\s"'`$\\[-][^\s"'`\\[]{3,200})/g,
    accepts: (secret) => real(secret) && /[^\d]/.test(secret),
  },
  {
    kind: 'command line secret',
    needles: ['-stdin', 'sudo -s', 'chpasswd', '--with-token', 'secret set', 'secrets '],
    pattern:
      /\b(?:echo|printf)[ \t]{1,4}(?:-n[ \t]{1,4})?\\?["']?(?<secret>[^\s"'`$\\[|]{6,300})\\?["']?[ \t]{0,4}\|[^\n|]{0,120}?(?:-stdin|sudo -S|chpasswd|--with-token|secrets?\b)/g,
    accepts: real,
  },
];

export function findPlaced(text: string, small: string): Find[] {
  const finds: Find[] = [];
  for (const { kind, needles, pattern, accepts } of places) {
    if (!needles.some((needle) => small.includes(needle))) continue;
    for (const found of text.matchAll(pattern)) {
      const secret = found.groups?.['secret'] ?? '';
      if (!accepts(secret)) continue;
      const start = found.index + found[0].lastIndexOf(secret);
      finds.push({ start, end: start + secret.length, kind });
    }
  }
  return finds;
}

/** A kind of secret: a finder, and which part of what it found is the secret. */
export interface SecretKind {
  readonly kind: string;
  /** Global; a named group `secret` is what is replaced, else all of it. */
  readonly finder: RegExp;
  /** Looks closer at a find that only may be one. */
  readonly accepts?: (secret: string) => boolean;
}

/**
 * Every finder runs in linear time: a token may only begin where no token character stands before it, its length is
 * bounded or runs over one character class, and no quantifier stands inside another.
 *
 * Formats: the issuers' own documentation (GitHub, GitLab, Slack, AWS, Google, Stripe, npm, PyPI, OpenAI, Anthropic …),
 * RFC 7519 (JWT), RFC 7468 (PEM), RFC 3986 section 3.2.1 (userinfo), RFC 6750 (bearer).
 */
export const secretKinds: readonly SecretKind[] = [
  {
    kind: 'private key',
    finder:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.]*(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/g,
  },
  { kind: 'Anthropic key', finder: token('sk-ant-[\\w-]{16,300}') },
  {
    kind: 'API key',
    finder: token('sk-(?:proj-|svcacct-|admin-|or-v1-|lf-)?[A-Za-z0-9_-]{20,300}'),
    accepts: hasDigit,
  },
  {
    kind: 'GitHub token',
    finder: token('(?:gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255})'),
  },
  { kind: 'GitLab token', finder: token('gl(?:pat|oas|dt|rt|cbt|ptt|ft|soat)-[\\w-]{20,255}') },
  { kind: 'Slack token', finder: token('(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,300}') },
  {
    kind: 'Slack webhook',
    finder: /https:\/\/hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{10,300}/g,
  },
  { kind: 'AWS key id', finder: token('(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])') },
  { kind: 'Google key', finder: token('(?:AIza[\\w-]{35}|GOCSPX-[\\w-]{20,60}|ya29\\.[\\w-]{20,400})') },
  { kind: 'JWT', finder: token('eyJ[\\w-]{8,2000}\\.eyJ[\\w-]{8,4000}\\.[\\w-]{4,2000}') },
  {
    kind: 'Stripe key',
    finder: token('(?:(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,250}|whsec_[A-Za-z0-9+/=]{24,100})'),
  },
  { kind: 'npm token', finder: token('npm_[A-Za-z0-9]{36}') },
  { kind: 'PyPI token', finder: token('pypi-[\\w-]{50,300}') },
  { kind: 'Hugging Face token', finder: token('hf_[A-Za-z0-9]{30,60}') },
  { kind: 'SendGrid key', finder: token('SG\\.[\\w-]{16,40}\\.[\\w-]{16,60}') },
  {
    kind: 'API key',
    finder: token('(?:gsk_|xai-|lin_api_|dop_v1_|pplx-|r8_|sbp_|tvly-)[A-Za-z0-9]{20,200}'),
  },
  { kind: 'Telegram token', finder: token('\\d{8,10}:AA[\\w-]{32,35}') },
  {
    kind: 'URL credentials',
    finder:
      /(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]{1,20}:\/\/(?<secret>[^\s:@/"'<>[\]]{0,200}:[^\s@/"'<>[\]]{1,300})@/g,
    accepts: (secret) => !/[:$][{(<]/.test(secret),
  },
  {
    kind: 'bearer token',
    finder: /\b(?:Bearer|Basic)[ \t]{1,4}(?<secret>[A-Za-z0-9+/=._~-]{16,4000})/gi,
    accepts: hasDigit,
  },
  {
    kind: 'command line secret',
    finder:
      /(?<![\w-])--?[\w-]{0,30}(?:passw(?:or)?d|passphrase|token|secret|api-?key|access-?key)[ \t]{1,4}(?<secret>[^\s"'`<$-][^\s"'`]{5,300})/gi,
    accepts: hasDigit,
  },
  {
    kind: 'command line secret',
    finder: /(?<![\w-])(?:-u|--user)[ \t]{1,4}["']?(?<secret>[^\s:"'$]{1,100}:[^\s"'$]{4,200})/g,
    accepts: (secret) => /:.*[A-Za-z]/.test(secret) && !secret.includes('://'),
  },
  {
    kind: 'command line secret',
    finder: /\b(?:mysql|mysqldump|mysqladmin|mariadb)\b[^\n]{0,200}?[ \t]-p(?<secret>[^\s"'$]{4,200})/g,
  },
  {
    kind: 'password',
    finder:
      /(?<![A-Za-z0-9])[\w-]{0,40}(?:passw(?:or)?d|passphrase|pwd)=(?<secret>[A-Za-z]{8,100})(?![\w(.[])/gi,
    accepts: (secret) => !noSecret.test(secret) && !/passw/i.test(secret),
  },
  {
    kind: 'secret value',
    finder:
      /(?<![A-Za-z0-9])[\w-]{0,40}(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|account[_-]?key|private[_-]?key|credentials?)[\w-]{0,12}\\?["']?[ \t]{0,4}(?::=|=>|[:=])[ \t]{0,4}(?<secret>\\"[^"\\\s]{6,300}\\"|"[^"\n]{6,300}"|'[^'\n]{6,300}'|[^\s"'`,;(){}<>[\]|&]{6,300}(?![\w(.[]))/gi,
    accepts: isSecretValue,
  },
];

function token(pattern: string): RegExp {
  return new RegExp(`(?<![\\w-])${pattern}`, 'g');
}

function hasDigit(secret: string): boolean {
  return /\d/.test(secret);
}

/** Words that stand where a secret would: types, placeholders and references to where the secret really is. */
const noSecret =
  /^(?:string|number|boolean|undefined|required|optional|redacted|example|placeholder|changeme|process\.|os\.|env[.:]|secrets\.|config\.|settings\.|self\.|this\.|\$|%|\{|\[|<|\*{3}|x{4}|\.{3}|your[-_ ])/i;

/** An assigned value is taken for a secret when it is not a plain word or a path of names, as code and prose have. */
function isSecretValue(raw: string): boolean {
  const quoted = /^\\?["']/.test(raw);
  const value = raw.replace(/^\\?["']|\\?["']$/g, '');
  // A sentence in quotes is prose, unless it looks like a pass phrase.
  if (/\s/.test(value) && !(/\d/.test(value) && /[$!@#%^&*]/.test(value))) return false;
  if (noSecret.test(value)) return false;
  // Letters and dots alone are a name, unless they are quoted with no space, or both cases and digits mix.
  if (/^[A-Za-z_]+(?:[./-][A-Za-z_]+)*$/.test(value))
    return quoted && /^[A-Za-z]{8,}$/.test(value) && /[a-z][A-Z]/.test(value);
  return /[A-Za-z]/.test(value) && /[^A-Za-z_.\-/]/.test(value) && !/^https?:/i.test(value);
}

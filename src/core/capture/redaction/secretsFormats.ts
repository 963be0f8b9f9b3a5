import { type Find, startsToken } from './secretsFind';
import { changesOfClass, isPlaceholder, looksRandom } from './secretsOrdinary';

/** What a token goes on with: letters and digits; those of base64url, also with dots; of base64; small hexadecimal; capitals. */
const charsets = {
  a: '[A-Za-z0-9]',
  w: '[\\w-]',
  t: '[\\w.=-]',
  b: '[\\w+/=.-]',
  h: '[a-f0-9]',
  U: '[A-Z0-9-]',
} as const;

/**
 * Tokens known by how they begin: kind, characters, how many of them at least, beginnings.
 *
 * Derived from the rule set of gitleaks (github.com/gitleaks/gitleaks, config/gitleaks.toml, MIT licence) and the issuers' own
 * documentation, written anew as a table: one search for all beginnings instead of one pass a rule.
 */
const table: readonly (readonly [string, keyof typeof charsets, number, string])[] = [
  ['Anthropic key', 'w', 16, 'sk-ant-'],
  ['API key', 'w', 20, 'sk- sk-proj- sk-svcacct- sk-admin- sk-or-v1- sk-lf- pk-lf-'],
  [
    'API key',
    'a',
    20,
    'gsk_ xai- pplx- r8_ fw_ csk- lin_api_ lin_oauth_ rnd_ phx_ phc_ e2b_ LTAI AKID NRAK- shpat_',
  ],
  [
    'API key',
    'a',
    30,
    'ico- ddp_ ddw_ pnu_ pnb_ nfp_ nfo_ nfc_ nfu_ nfb_ cfk_ cfut_ cfat_ napi_ jina_ llx- oy2 p8e- cio',
  ],
  ['API key', 'a', 54, 'rdme_ AKCp cmVmd EZAK EZTK CLOJARS_'],
  [
    'API key',
    'w',
    20,
    'tvly- tgp_v1_ nvapi- pcsk_ lsv2_pt_ lsv2_sk_ tskey- sb_secret_ figd_ figo_ xaat- xapt- vcp_ vci_ vca_ vcr_',
  ],
  [
    'API key',
    'w',
    15,
    'vck_ vercel_blob_rw_ hcaik_ hcxik_ rzp_live_ rzp_test_ FLWSECK- FLWSECK_TEST- waka_ AVNS_ apify_api_',
  ],
  [
    'API key',
    'w',
    35,
    'CFPAT- HRKU- fo1_ fio-u- dnkey- sha256~ AQVN y0_ pa- AQ.Ab duffel_live_ duffel_test_ tk-us-',
  ],
  ['API key', 'w', 18, 'NRII- NRJS- NRBR- PMAK- sq0atp- sq0csp- glc_ glsa_ CCIPAT_ CCIPRJ_ ddapp_ ddpat_'],
  [
    'API key',
    'h',
    32,
    'dapi key- pul- fc- sbp_ sqp_ squ_ sqa_ bkua_ rubygems_ dop_v1_ doo_v1_ dor_v1_ sgp_ SK AC',
  ],
  ['API key', 'h', 32, 'shpca_ shppa_ shpss_ sntryu_ sntrya_ sntryi_ shippo_live_ shippo_test_'],
  ['API key', 'U', 26, 'API- AGE-SECRET-KEY-1'],
  [
    'API key',
    'b',
    32,
    'sntrys_ fm1r_ fm1a_ fm2_ ops_eyJ dG9rO EAAA EAAC EAAG EAAM EAAB ABSK bedrock-api-key- xkeysib- xsmtpsib-',
  ],
  ['API key', 'b', 60, 'IQoJb3JpZ2luX2Vj FwoGZXIvYXdz eyJrIjoi'],
  [
    'API key',
    't',
    20,
    'dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit. pscale_tkn_ pscale_pw_ pscale_oauth_ hvs. hvb. hvr. tfp_',
  ],
  ['API key', 't', 40, 'dt0c01. dt0s01. dt0s16. vk1.a.'],
  ['Atlassian token', 't', 20, 'ATATT3 ATCTT3 ATSTT3 ATBB ATOA'],
  ['AWS key id', 'U', 16, 'AKIA ASIA ABIA ACCA'],
  ['Docker token', 'w', 20, 'dckr_pat_ dckr_oat_'],
  ['GitHub token', 'w', 20, 'ghp_ gho_ ghu_ ghs_ ghr_ github_pat_'],
  [
    'GitLab token',
    't',
    20,
    'glpat- gloas- gldt- glrt- glrtr- glcbt- glptt- glft- glimt- glagent- glwt- glsoat- glffct- GR1348941',
  ],
  ['Google key', 't', 20, 'GOCSPX- ya29. 1//0'],
  ['Google key', 'w', 35, 'AIza'],
  ['Hugging Face token', 'a', 30, 'hf_ api_org_'],
  ['Notion token', 'a', 40, 'ntn_ secret_'],
  ['npm token', 'a', 36, 'npm_'],
  ['PyPI token', 'w', 50, 'pypi-'],
  ['Slack token', 't', 10, 'xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xapp- xwfp-'],
  ['Stripe key', 'a', 16, 'sk_live_ sk_test_ sk_prod_ rk_live_ rk_test_ rk_prod_ pk_live_ pk_test_'],
  ['Stripe key', 'b', 24, 'whsec_'],
];

interface Format {
  readonly kind: string;
  /** Sticky, from the token's beginning. */
  readonly token: RegExp;
}

const formats = new Map<string, Format>([
  // RFC 7519: header, claims, signature; or RFC 7516, encrypted: five parts, of which the second may be empty.
  [
    'eyJ',
    {
      kind: 'JWT',
      token: /eyJ[\w-]{8,}\.(?:eyJ[\w-]{8,}(?:\.[\w-]{4,})?|[\w-]*\.[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,})/y,
    },
  ],
  ['SG.', { kind: 'SendGrid key', token: /SG\.[\w-]{16,40}\.[\w-]{16,60}/y }],
  ...table.flatMap(([kind, charset, atLeast, beginnings]) =>
    beginnings
      .split(' ')
      .map((beginning): [string, Format] => [
        beginning,
        { kind, token: new RegExp(`${escaped(beginning)}${charsets[charset]}{${atLeast},}`, 'y') },
      ]),
  ),
]);

const anyBeginning = new RegExp([...formats.keys()].sort().reverse().map(escaped).join('|'), 'g');

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** Tokens known by a mark within: what must occur for one to be there at all, and the whole. */
const shapes: readonly (readonly [kind: string, needle: string, shape: RegExp])[] = [
  ['Slack webhook', 'hooks.slack.com/', /hooks\.slack\.com\/(?:services|workflows|triggers)\/[\w/-]{10,}/g],
  ['webhook', '/api/webhooks/', /\/api\/webhooks\/\d{15,22}\/[\w-]{40,}/g],
  ['webhook', '.webhook.office.com/', /\.webhook\.office\.com\/webhookb2\/[\w@/-]{60,}/g],
  ['webhook', 'hooks.zapier.com/', /hooks\.zapier\.com\/hooks\/catch\/[\w/]{8,}/g],
  ['Telegram token', ':AA', /(?<!\d)\d{8,10}:AA[\w-]{32,35}/g],
  ['Discord token', '.', /(?<![\w.-])[MNO][A-Za-z\d_-]{23,27}\.[\w-]{6}\.[\w-]{27,40}(?![\w-])/g],
  ['Azure secret', 'Q~', /(?<![\w.~-])[\w.~-]{3}\dQ~[\w.~-]{31,34}(?![\w~-])/g],
  ['Azure secret', 'AZDO', /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/g],
  ['Azure secret', 'JQQJ99', /(?<![A-Za-z0-9])[A-Za-z0-9]{40,52}JQQJ99[A-Za-z0-9]{20,40}/g],
  ['API key', '.atlasv1.', /(?<![A-Za-z0-9])[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,}/g],
  ['API key', '-us', /(?<![a-f0-9])[a-f0-9]{32}-us\d{1,2}(?![\w-])/g],
  ['API key', 'pat-', /(?<![\w-])pat-[a-z]{2}\d-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g],
  [
    'API key',
    'pat',
    /(?<![\w-])(?:pat[A-Za-z0-9]{14}\.[a-f0-9]{64}|[ps]at\.[\w-]{22}\.[a-f0-9]{24}\.[A-Za-z0-9]{20})/g,
  ],
  ['API key', 're_', /(?<![\w-])re_[A-Za-z0-9]{6,10}_[A-Za-z0-9]{20,}/g],
  ['API key', 'k.eyJ', /(?<![\w-])[ps]k\.eyJ[\w-]{20,}\.[\w-]{20,}/g],
  ['API key', 'A3-', /(?<![\w-])A3-[A-Z0-9]{6}-[A-Z0-9]{6}-?[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3}/g],
  ['API key', '/1', /(?<![\w/])[12]\/1\d{12,18}(?:\/\d{10,18})?:[a-f0-9]{32}/g],
  ['API key', '_mmk', /(?<![A-Za-z0-9])[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk/g],
  ['API key', 'NRAL', /(?<![a-f0-9])[a-f0-9]{36}NRAL/g],
  ['API key', 'amzn.mws.', /amzn\.mws\.[0-9a-f-]{36}/g],
  ['API key', 'v1.0-', /(?<![\w.])v1\.0-[a-f0-9]{24}-[a-f0-9]{100,}/g],
  ['API key', '-access-', /access-(?:sandbox|development|production)-[0-9a-f-]{36}/g],
  ['API key', 'AAAAAAAAAAAAAAAAAAAAA', /(?<![\w%])A{21,}[\w%]{40,}/g],
];

/** Tokens that show by their own form what they are, wherever they stand. */
export function findTokens(text: string): Find[] {
  const finds: Find[] = [];
  anyBeginning.lastIndex = 0;
  for (let hit = anyBeginning.exec(text); hit; hit = anyBeginning.exec(text)) {
    const [beginning] = hit;
    const format = formats.get(beginning);
    if (!format || !startsToken(text, hit.index)) continue;
    format.token.lastIndex = hit.index;
    const token = format.token.exec(text)?.[0].replace(/[.-]+$/, '');
    if (token === undefined || !isToken(beginning, token.slice(beginning.length), format.kind)) continue;
    const end = hit.index + token.length;
    if (/[A-Za-z0-9]/.test(text.charAt(end))) continue;
    finds.push({ start: hit.index, end, kind: format.kind });
    anyBeginning.lastIndex = end;
  }
  for (const [kind, needle, shape] of shapes) {
    if (!text.includes(needle)) continue;
    for (const { index, 0: found } of text.matchAll(shape))
      finds.push({ start: index, end: index + found.length, kind });
  }
  return finds;
}

function isToken(beginning: string, body: string, kind: string): boolean {
  if (isPlaceholder(body)) return false;
  if (beginning === 'sk-') return looksRandom(body) || /^(?=.*\d)(?=.*[A-Z])[A-Za-z0-9]+$/.test(body);
  return kind !== 'API key' || (/[A-Za-z]/.test(body) && (/\d/.test(body) || changesOfClass(body) >= 0.15));
}

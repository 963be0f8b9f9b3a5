import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/capture/redact';

/** Mulberry32 (Tommy Ettinger, public domain): the same secrets on every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const lower = 'abcdefghijklmnopqrstuvwxyz';
const digits = '0123456789';
const alphabets = {
  a: lower + lower.toUpperCase() + digits,
  l: lower + digits,
  h: '0123456789abcdef',
  w: `${lower}${lower.toUpperCase()}${digits}_-`,
  b: `${lower}${lower.toUpperCase()}${digits}+/`,
  U: lower.toUpperCase() + digits,
  d: digits,
} as const;

/** `{a36}` stands for 36 random characters of alphabet `a`; no secret is written out, so that no scanner trips on this file. */
function fill(template: string, random: () => number): string {
  return template.replace(/\{([alhwbUd])(\d+)\}/g, (_, alphabet: keyof typeof alphabets, length: string) =>
    Array.from({ length: Number(length) }, () => {
      const letters = alphabets[alphabet];
      return letters.charAt(Math.floor(random() * letters.length));
    }).join(''),
  );
}

/** Name of the variable it is kept in, and its form; passwords, and tokens without a form of their own, at the end. */
const kinds: readonly (readonly [variable: string, form: string])[] = [
  ['ANTHROPIC_API_KEY', 'sk-ant-api03-{w93}AA'],
  ['OPENAI_API_KEY', 'sk-proj-{w74}T3BlbkFJ{w74}'],
  ['OPENAI_KEY', 'sk-{a48}'],
  ['OPENROUTER_API_KEY', 'sk-or-v1-{h64}'],
  ['GROQ_API_KEY', 'gsk_{a52}'],
  ['XAI_API_KEY', 'xai-{a80}'],
  ['PERPLEXITY_API_KEY', 'pplx-{a48}'],
  ['REPLICATE_API_TOKEN', 'r8_{a37}'],
  ['HF_TOKEN', 'hf_{a34}'],
  ['GOOGLE_API_KEY', 'AIza{w35}'],
  ['GOOGLE_CLIENT_SECRET', 'GOCSPX-{w28}'],
  ['AWS_ACCESS_KEY_ID', 'AKIA{U16}'],
  ['AWS_SECRET_ACCESS_KEY', '{b40}'],
  ['AWS_SESSION_TOKEN', 'IQoJb3JpZ2luX2Vj{b200}=='],
  ['AZURE_STORAGE_KEY', '{b86}=='],
  ['AZURE_CLIENT_SECRET', '{a3}8Q~{w34}'],
  ['GITHUB_TOKEN', 'ghp_{a36}'],
  ['GH_TOKEN', 'github_pat_{a22}_{a59}'],
  ['GITHUB_APP_TOKEN', 'ghs_{a36}'],
  ['GITLAB_TOKEN', 'glpat-{w20}'],
  ['GITLAB_RUNNER_TOKEN', 'glrt-t1_{w27}.{l2}{l7}'],
  ['BITBUCKET_APP_PASSWORD', 'ATBB{a32}'],
  ['JIRA_API_TOKEN', 'ATATT3xFfGF0{w180}={U8}'],
  ['SLACK_BOT_TOKEN', 'xoxb-{d12}-{d13}-{a24}'],
  ['SLACK_APP_TOKEN', 'xapp-1-{U11}-{d13}-{h64}'],
  ['DISCORD_TOKEN', 'M{a25}.{w6}.{w38}'],
  ['TELEGRAM_BOT_TOKEN', '{d10}:AA{w33}'],
  ['TWILIO_AUTH_TOKEN', '{h32}'],
  ['TWILIO_API_KEY', 'SK{h32}'],
  ['MAILGUN_API_KEY', 'key-{h32}'],
  ['MAILCHIMP_API_KEY', '{h32}-us12'],
  ['SENDGRID_API_KEY', 'SG.{w22}.{w43}'],
  ['STRIPE_SECRET_KEY', 'sk_live_{a99}'],
  ['STRIPE_WEBHOOK_SECRET', 'whsec_{a32}'],
  ['HEROKU_API_KEY', '{h8}-{h4}-4{h3}-a{h3}-{h12}'],
  ['DIGITALOCEAN_TOKEN', 'dop_v1_{h64}'],
  ['DD_API_KEY', '{h32}'],
  ['DATADOG_APP_KEY', '{h40}'],
  ['NEW_RELIC_API_KEY', 'NRAK-{U27}'],
  ['SENTRY_AUTH_TOKEN', 'sntryu_{h64}'],
  ['SUPABASE_ACCESS_TOKEN', 'sbp_{h40}'],
  ['SUPABASE_SERVICE_ROLE_KEY', 'eyJhbGciOiJIUzI1NiJ9.eyJ{w90}.{w43}'],
  ['VERCEL_TOKEN', '{a24}'],
  ['NETLIFY_AUTH_TOKEN', 'nfp_{a36}'],
  ['CLOUDFLARE_API_TOKEN', '{w40}'],
  ['LINEAR_API_KEY', 'lin_api_{a40}'],
  ['NOTION_TOKEN', 'ntn_{d11}{a35}'],
  ['SHOPIFY_ACCESS_TOKEN', 'shpat_{h32}'],
  ['SQUARE_ACCESS_TOKEN', 'EAAA{w60}'],
  ['DATABRICKS_TOKEN', 'dapi{h32}'],
  ['NPM_TOKEN', 'npm_{a36}'],
  ['PYPI_TOKEN', 'pypi-AgEIcHlwaS5vcmc{w150}'],
  ['RUBYGEMS_API_KEY', 'rubygems_{h48}'],
  ['CARGO_REGISTRY_TOKEN', 'cio{a32}'],
  ['DOCKER_TOKEN', 'dckr_pat_{w27}'],
  ['CIRCLE_TOKEN', 'CCIPAT_{a22}_{h40}'],
  ['GRAFANA_TOKEN', 'glsa_{a32}_{h8}'],
  ['VAULT_TOKEN', 'hvs.{w95}'],
  ['TF_API_TOKEN', '{a14}.atlasv1.{w67}'],
  ['PULUMI_ACCESS_TOKEN', 'pul-{h40}'],
  ['DOPPLER_TOKEN', 'dp.st.prd.{a43}'],
  ['OP_SERVICE_ACCOUNT_TOKEN', 'ops_eyJ{b300}'],
  ['SOPS_AGE_KEY', 'AGE-SECRET-KEY-1{U58}'],
  ['POSTMAN_API_KEY', 'PMAK-{h24}-{h34}'],
  ['FIGMA_TOKEN', 'figd_{w40}'],
  ['AIRTABLE_API_KEY', 'pat{a14}.{h64}'],
  ['ASANA_TOKEN', '1/12{d14}:{h32}'],
  ['ALGOLIA_ADMIN_KEY', '{h32}'],
  ['DB_PASSWORD', '{l4}{U3}!{a4}'],
  ['POSTGRES_PASSWORD', '{a16}'],
  ['REDIS_PASSWORD', '{h24}'],
  ['SMTP_PASS', '{a6}#{d3}{l2}'],
  ['SESSION_SECRET', '{h64}'],
  ['JWT_SECRET', '{b44}='],
];

interface Planted {
  readonly variable: string;
  readonly secret: string;
}

type Context = (planted: Planted) => string;

const snake = ({ variable }: Planted): string => variable.toLowerCase();
const kebab = (planted: Planted): string => snake(planted).replaceAll('_', '-');
const camel = (planted: Planted): string =>
  snake(planted).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const spoken = (planted: Planted): string => snake(planted).replaceAll('_', ' ');

const tuned: Readonly<Record<string, Context>> = {
  'prose with a colon': (p) => `Here is the ${spoken(p)}: ${p.secret}`,
  'prose with is': (p) => `my ${spoken(p)} is ${p.secret}, please use it from now on`,
  'env file': (p) => `# local\nDEBUG=1\n${p.variable}=${p.secret}\nPORT=3000`,
  'quoted export': (p) => `export ${p.variable}="${p.secret}" && npm start`,
  yaml: (p) => `config:\n  ${snake(p)}: ${p.secret}\n  retries: 3`,
  'quoted yaml': (p) => `  ${kebab(p)}: '${p.secret}'`,
  json: (p) => JSON.stringify({ name: 'shop', [camel(p)]: p.secret, retries: 3 }, undefined, 2),
  'json in json': (p) => JSON.stringify({ content: JSON.stringify({ [snake(p)]: p.secret, a: 1 }) }),
  'command in json': (p) =>
    JSON.stringify({ command: `cd /srv\nexport ${p.variable}="${p.secret}"\nmake deploy` }),
  'env file in json': (p) => JSON.stringify({ content: `A=1\n${p.variable}=${p.secret}\nB=2\n` }),
  'bearer header': (p) => `curl -s -H "Authorization: Bearer ${p.secret}" https://api.example.com/v1/me`,
  'key header': (p) => `curl -H 'X-Api-Key: ${p.secret}' https://api.example.com/v1/me`,
  'query of an address': (p) =>
    `GET https://api.example.com/v1?${snake(p)}=${encodeURIComponent(p.secret)}&limit=5`,
  'userinfo of an address': (p) =>
    `git clone https://bot:${encodeURIComponent(p.secret)}@git.example.com/a/b.git`,
  flag: (p) => `./deploy --${kebab(p)} ${p.secret} --verbose`,
  'flag with equals sign': (p) => `./deploy --${kebab(p)}=${p.secret} --verbose`,
  typescript: (p) => `const ${camel(p)} = '${p.secret}';`,
  'python argument': (p) => `client = Client(timeout=3, ${snake(p)}="${p.secret}")`,
  'python environment': (p) => `os.environ["${p.variable}"] = "${p.secret}"`,
  go: (p) => `os.Setenv("${p.variable}", "${p.secret}")`,
  docker: (p) => `docker run --rm -e ${p.variable}=${p.secret} -p 80:80 shop:latest`,
};

/** Whether half of the secret, or six characters of a short one, is still there. */
function stands(text: string, secret: string): boolean {
  const decoded = text.replace(/%[0-9A-F]{2}/g, (code) => decodeURIComponent(code));
  const size = Math.max(6, Math.ceil(secret.length / 2));
  for (let at = 0; at + size <= secret.length; at++) {
    if (decoded.includes(secret.slice(at, at + size))) return true;
  }
  return false;
}

function measured(contexts: Readonly<Record<string, Context>>, seed: number) {
  const random = randomFrom(seed);
  const left: string[] = [];
  let planted = 0;
  for (const [variable, form] of kinds) {
    for (const [name, context] of Object.entries(contexts)) {
      for (let time = 0; time < 3; time++) {
        const secret = fill(form, random);
        planted++;
        const text = redact(context({ variable, secret })).text;
        if (stands(text, secret)) left.push(`${variable} in ${name}: ${text}`);
      }
    }
  }
  return { planted, left, share: 1 - left.length / planted };
}

describe('planted secrets', () => {
  it('are gone from the contexts the patterns were made for', () => {
    const { planted, left, share } = measured(tuned, 1);
    console.log(`${planted - left.length} of ${planted} planted secrets gone`);
    expect(share, left.join('\n')).toBeGreaterThanOrEqual(0.97);
  });
});

import { describe, expect, it } from 'vitest';
import { redact } from '../../../src/core/capture/redaction/redact';

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

/** Names of the variables they are kept in, and their forms; those without a form of their own among them. */
const kinds: readonly (readonly [variable: string, form: string])[] = `
  ANTHROPIC_API_KEY=sk-ant-api03-{w93}AA OPENAI_API_KEY=sk-proj-{w74}T3BlbkFJ{w74} OPENAI_KEY=sk-{a48}
  OPENROUTER_API_KEY=sk-or-v1-{h64} GROQ_API_KEY=gsk_{a52} XAI_API_KEY=xai-{a80}
  PERPLEXITY_API_KEY=pplx-{a48} REPLICATE_API_TOKEN=r8_{a37} HF_TOKEN=hf_{a34} GOOGLE_API_KEY=AIza{w35}
  GOOGLE_CLIENT_SECRET=GOCSPX-{w28} AWS_ACCESS_KEY_ID=AKIA{U16} AWS_SECRET_ACCESS_KEY={b40}
  AWS_SESSION_TOKEN=IQoJb3JpZ2luX2Vj{b200}== AZURE_STORAGE_KEY={b86}== AZURE_CLIENT_SECRET={a3}8Q~{w34}
  GITHUB_TOKEN=ghp_{a36} GH_TOKEN=github_pat_{a22}_{a59} GITHUB_APP_TOKEN=ghs_{a36}
  GITLAB_TOKEN=glpat-{w20} GITLAB_RUNNER_TOKEN=glrt-t1_{w27}.{l2}{l7} BITBUCKET_APP_PASSWORD=ATBB{a32}
  JIRA_API_TOKEN=ATATT3xFfGF0{w180}={U8} SLACK_BOT_TOKEN=xoxb-{d12}-{d13}-{a24}
  SLACK_APP_TOKEN=xapp-1-{U11}-{d13}-{h64} DISCORD_TOKEN=M{a25}.{w6}.{w38}
  TELEGRAM_BOT_TOKEN={d10}:AA{w33} TWILIO_AUTH_TOKEN={h32} TWILIO_API_KEY=SK{h32}
  MAILGUN_API_KEY=key-{h32} MAILCHIMP_API_KEY={h32}-us12 SENDGRID_API_KEY=SG.{w22}.{w43}
  STRIPE_SECRET_KEY=sk_live_{a99} STRIPE_WEBHOOK_SECRET=whsec_{a32}
  HEROKU_API_KEY={h8}-{h4}-4{h3}-a{h3}-{h12} DIGITALOCEAN_TOKEN=dop_v1_{h64} DD_API_KEY={h32}
  DATADOG_APP_KEY={h40} NEW_RELIC_API_KEY=NRAK-{U27} SENTRY_AUTH_TOKEN=sntryu_{h64}
  SUPABASE_ACCESS_TOKEN=sbp_{h40} SUPABASE_SERVICE_ROLE_KEY=eyJhbGciOiJIUzI1NiJ9.eyJ{w90}.{w43}
  VERCEL_TOKEN={a24} NETLIFY_AUTH_TOKEN=nfp_{a36} CLOUDFLARE_API_TOKEN={w40}
  LINEAR_API_KEY=lin_api_{a40} NOTION_TOKEN=ntn_{d11}{a35} SHOPIFY_ACCESS_TOKEN=shpat_{h32}
  SQUARE_ACCESS_TOKEN=EAAA{w60} DATABRICKS_TOKEN=dapi{h32} NPM_TOKEN=npm_{a36}
  PYPI_TOKEN=pypi-AgEIcHlwaS5vcmc{w150} RUBYGEMS_API_KEY=rubygems_{h48} CARGO_REGISTRY_TOKEN=cio{a32}
  DOCKER_TOKEN=dckr_pat_{w27} CIRCLE_TOKEN=CCIPAT_{a22}_{h40} GRAFANA_TOKEN=glsa_{a32}_{h8}
  VAULT_TOKEN=hvs.{w95} TF_API_TOKEN={a14}.atlasv1.{w67} PULUMI_ACCESS_TOKEN=pul-{h40}
  DOPPLER_TOKEN=dp.st.prd.{a43} OP_SERVICE_ACCOUNT_TOKEN=ops_eyJ{b300}
  SOPS_AGE_KEY=AGE-SECRET-KEY-1{U58} POSTMAN_API_KEY=PMAK-{h24}-{h34} FIGMA_TOKEN=figd_{w40}
  AIRTABLE_API_KEY=pat{a14}.{h64} ASANA_TOKEN=1/12{d14}:{h32} ALGOLIA_ADMIN_KEY={h32}
  DB_PASSWORD={l4}{U3}!{a4} POSTGRES_PASSWORD={a16} REDIS_PASSWORD={h24} SMTP_PASS={a6}#{d3}{l2}
  SESSION_SECRET={h64} JWT_SECRET={b44}= COHERE_API_KEY={a40} MISTRAL_API_KEY={a32}
  TAVILY_API_KEY=tvly-dev-{a32} DEEPSEEK_API_KEY=sk-{h32} ELEVENLABS_API_KEY=sk_{h48}
  FIREWORKS_API_KEY=fw_{a24} PINECONE_API_KEY=pcsk_{a6}_{a60} LANGSMITH_API_KEY=lsv2_pt_{h32}_{h10}
  TWITTER_BEARER_TOKEN=AAAAAAAAAAAAAAAAAAAAA{a80} FACEBOOK_TOKEN=EAAB{a160} OKTA_API_TOKEN=00{w40}
  SNYK_TOKEN={h8}-{h4}-4{h3}-a{h3}-{h12} RESEND_API_KEY=re_{a8}_{a24} BREVO_API_KEY=xkeysib-{h64}-{a16}
  POSTMARK_SERVER_TOKEN={h8}-{h4}-4{h3}-a{h3}-{h12} LD_SDK_KEY=sdk-{h8}-{h4}-4{h3}-a{h3}-{h12}
  PLANETSCALE_PASSWORD=pscale_pw_{w43} NEON_API_KEY=napi_{l64} FLY_API_TOKEN=fm2_{b150}
  RENDER_API_KEY=rnd_{a32} BUILDKITE_TOKEN=bkua_{h40} SONAR_TOKEN=sqp_{h40}
  ARTIFACTORY_API_KEY=AKCp{a69} NUGET_API_KEY=oy2{l43} ALIYUN_SECRET={a30} SQUARE_SECRET=sq0csp-{w43}
  PAYPAL_CLIENT_SECRET=E{w79} PLAID_SECRET={h30} INTERCOM_TOKEN=dG9rO{b55}=
  HUBSPOT_TOKEN=pat-na1-{h8}-{h4}-4{h3}-a{h3}-{h12} DYNATRACE_TOKEN=dt0c01.{U24}.{U64}
  HONEYCOMB_KEY=hcaik_{l26}{l32} PREFECT_API_KEY=pnu_{a36} CONTENTFUL_TOKEN=CFPAT-{w43}
  MAPBOX_TOKEN=sk.eyJ{a60}.{w22} DROPBOX_TOKEN=sl.{w130} ZENDESK_API_TOKEN={a40}
  CODECOV_TOKEN={h8}-{h4}-4{h3}-a{h3}-{h12} ROLLBAR_TOKEN={h32} FASTLY_API_TOKEN={w32} GITEA_TOKEN={h40}
  WANDB_API_KEY={h40} SEGMENT_WRITE_KEY={a32} TRELLO_TOKEN={h64} BROWSERSTACK_ACCESS_KEY={a20}
  TYPESENSE_ADMIN_KEY={a32} MEILI_MASTER_KEY={w43} APP_KEY=base64:{b43}= NEXTAUTH_SECRET={b43}=
  ENCRYPTION_KEY={h64} ADMIN_PASSWORD={a9}$ DB_PASS={l3}-{U4}-{a6} MONGO_PASSWORD={a20}
  MYSQL_ROOT_PASSWORD={a5}@{a5} RABBITMQ_PASSWORD={l12} SSH_PASSPHRASE={a7}%{a5}
  GRAPHQL_ADMIN_SECRET={a36} COOKIE_SECRET={a32} OAUTH_CLIENT_SECRET={a40} ACCESS_TOKEN={a64}
  REFRESH_TOKEN={w86}
`
  .trim()
  .split(/\s+/)
  .map((kind) => [kind.slice(0, kind.indexOf('=')), kind.slice(kind.indexOf('=') + 1)]);

interface Planted {
  readonly variable: string;
  readonly secret: string;
}

type Context = (planted: Planted) => string;

const snake = ({ variable }: Planted): string => variable.toLowerCase();
const kebab = (planted: Planted): string => snake(planted).replaceAll('_', '-');
const camel = (planted: Planted): string =>
  snake(planted).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const pascal = (planted: Planted): string =>
  camel(planted).replace(/^[a-z]/, (letter) => letter.toUpperCase());
const spoken = (planted: Planted): string => snake(planted).replaceAll('_', ' ');

/** Contexts that the patterns were made for, or tuned on when they were measured. */
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
  dockerfile: (p) => `FROM node:22\nENV ${p.variable} ${p.secret}\nRUN npm ci`,
  compose: (p) => `    environment:\n      - ${p.variable}=${p.secret}\n      - PORT=80`,
  kubernetes: (p) =>
    `        env:\n        - name: ${p.variable}\n          value: "${p.secret}"\n        image: shop`,
  workflow: (p) => `    env:\n      ${p.variable}: ${p.secret}\n    steps:`,
  terraform: (p) => `provider "x" {\n  ${snake(p)} = "${p.secret}"\n}`,
  properties: (p) => `app.${snake(p).replaceAll('_', '.')}=${p.secret}`,
  'xml element': (p) => `<${camel(p)}>${p.secret}</${camel(p)}>`,
  'xml attribute': (p) => `<add key="${camel(p)}" value="${p.secret}" />`,
  powershell: (p) => `$env:${p.variable} = "${p.secret}"`,
  fish: (p) => `set -x ${p.variable} ${p.secret}`,
  windows: (p) => `setx ${p.variable} "${p.secret}"`,
  'prose that ends with the name': (p) => `please use ${p.secret} as the ${spoken(p)}`,
  'prose in brackets': (p) => `our ${spoken(p)} (${p.secret}) stopped working yesterday`,
  'prose over two lines': (p) => `here is the ${spoken(p)}:\n\n${p.secret}\n\ncan you try again?`,
  'prose in code marks': (p) => `I set \`${p.variable}\` to \`${p.secret}\` but it still fails`,
  'markdown table': (p) => `| variable | value |\n|---|---|\n| ${p.variable} | ${p.secret} |`,
  diff: (p) => `@@ -1,2 +1,2 @@\n-${p.variable}=\n+${p.variable}=${p.secret}`,
  'numbered listing': (p) => `     1\tPORT=80\n     2\t${p.variable}=${p.secret}\n     3\t`,
  'secret command': (p) => `gh secret set ${p.variable} --body "${p.secret}" --repo ada/shop`,
  'settings command': (p) => `heroku config:set ${p.variable}=${p.secret} -a shop`,
  'configure command': (p) => `tool configure set ${snake(p)} ${p.secret} --profile dev`,
  rust: (p) => `let ${snake(p)} = "${p.secret}".to_string();`,
  php: (p) => `return ['${snake(p)}' => '${p.secret}', 'debug' => false];`,
  'php constant': (p) => `define('${p.variable}', '${p.secret}');`,
  java: (p) => `props.put("${kebab(p)}", "${p.secret}");`,
  swift: (p) => `private let ${camel(p)}: String = "${p.secret}"`,
  'raw header': (p) => `GET / HTTP/1.1\r\nHost: a.example\r\nX-Auth-Token: ${p.secret}\r\n\r\n`,
  'argument list': (p) => JSON.stringify({ args: ['run', `--${kebab(p)}`, p.secret, '--once'] }),
  'log line': (p) => `2026-01-02T03:04:05Z INFO config loaded ${snake(p)}=${p.secret} port=80`,
  'python dictionary': (p) => `{'host': 'db', '${snake(p)}': '${p.secret}', 'port': 5432}`,
  netrc: (p) => `machine api.example.com login bot password ${p.secret}`,
  npmrc: (p) => `//registry.example.com/:_authToken=${p.secret}`,
  fallback: (p) => `const value = process.env.${p.variable} || '${p.secret}';`,
  nested: (p) => `new Client({ auth: { token: "${p.secret}", retry: true } })`,
  'connection string': (p) => `Server=db;Database=shop;User Id=sa;Password=${p.secret};Encrypt=true`,
  'database address': (p) =>
    `postgres://app:${encodeURIComponent(p.secret)}@db.internal:5432/shop?sslmode=require`,
  'thrice escaped': (p) => JSON.stringify(JSON.stringify(JSON.stringify({ [snake(p)]: p.secret }))),
  'password from standard input': (p) => `echo "${p.secret}" | docker login -u bot --password-stdin`,
  'user of curl': (p) => `curl -u "bot:${p.secret}" https://api.example.com`,
};

/** Written when the patterns were done, and not tuned on. */
const heldOut: Readonly<Record<string, Context>> = {
  'pasted environment': (p) =>
    `can you check why this fails\n\nNODE_ENV=production\n${p.variable}=${p.secret}\nLOG_LEVEL=info\n\nI get a 500`,
  commented: (p) => `# ${p.variable}=${p.secret}`,
  'comment behind': (p) => `${p.variable}=${p.secret} # rotate in march`,
  'single quotes': (p) => `export ${p.variable}='${p.secret}'`,
  appsettings: (p) => `{\n  "Shop": {\n    "${pascal(p)}": "${p.secret}"\n  }\n}`,
  mcp: (p) =>
    JSON.stringify({
      mcpServers: { shop: { command: 'npx', args: ['-y', 'shop-mcp'], env: { [p.variable]: p.secret } } },
    }),
  'tool result': (p) =>
    JSON.stringify({ type: 'tool_result', content: `PATH=/usr/bin\n${p.variable}=${p.secret}\nHOME=/root` }),
  grep: (p) => `.env.local:7:${p.variable}=${p.secret}`,
  printenv: (p) => `declare -x ${p.variable}="${p.secret}"`,
  'settings object': (p) => `export const settings = {\n  region: 'eu',\n  ${camel(p)}: '${p.secret}',\n};`,
  'class field': (p) => `  private readonly ${camel(p)} = "${p.secret}";`,
  'python field': (p) => `    ${snake(p)}: str = "${p.secret}"`,
  'python default': (p) => `def connect(host="db", ${snake(p)}='${p.secret}'):`,
  'go field': (p) => `\tclient.${pascal(p)} = "${p.secret}"`,
  'go constant': (p) => `const ${camel(p)} = "${p.secret}"`,
  'token header': (p) => `curl -H "Authorization: token ${p.secret}" https://api.example.com/user`,
  'own header': (p) => `curl --header 'X-Auth-Token: ${p.secret}' https://api.example.com`,
  'request body': (p) => `curl -d '{"${camel(p)}": "${p.secret}"}' https://api.example.com`,
  'form field': (p) => `curl -F ${snake(p)}=${p.secret} https://api.example.com/upload`,
  axios: (p) => `axios.defaults.headers.common['Authorization'] = 'Bearer ${p.secret}';`,
  'compose mapping': (p) => `services:\n  db:\n    environment:\n      ${p.variable}: "${p.secret}"`,
  'environment flag': (p) => `docker run --env ${p.variable}=${p.secret} shop`,
  'action input': (p) => `        with:\n          ${kebab(p)}: ${p.secret}`,
  'redis address': (p) => `REDIS_URL=redis://:${encodeURIComponent(p.secret)}@cache.internal:6379/0`,
  'mongodb address': (p) =>
    `mongodb+srv://app:${encodeURIComponent(p.secret)}@cluster0.abcde.mongodb.net/shop?retryWrites=true`,
  jdbc: (p) => `jdbc:postgresql://db:5432/shop?user=app&password=${encodeURIComponent(p.secret)}`,
  amqp: (p) => `"amqps://app:${encodeURIComponent(p.secret)}@mq.internal/prod"`,
  hash: (p) =>
    `https://app.example.com/callback#access_token=${encodeURIComponent(p.secret)}&token_type=bearer`,
  'prose with use': (p) => `ok use this ${spoken(p)}: ${p.secret} and try again`,
  'prose with equals sign': (p) => `${spoken(p)} = ${p.secret}`,
  'quoted prose': (p) => `The ${spoken(p)} is "${p.secret}".`,
  'prose of a change': (p) => `I changed the ${spoken(p)} from old to ${p.secret} yesterday`,
  'prose list': (p) => `1. host: db.internal\n2. user: app\n3. ${spoken(p)}: ${p.secret}`,
  'markdown list': (p) => `- **${spoken(p)}**: ${p.secret}`,
  'long command': (p) => `mycli login --username bot --${kebab(p)} "${p.secret}"`,
  psql: (p) => `PGPASSWORD='${p.secret}' psql -h db -U app shop`,
  profile: (p) => `[prod]\naws_access_key_id = x\n${snake(p)}=${p.secret}`,
  'kubernetes secret': (p) => `stringData:\n  ${kebab(p)}: ${p.secret}`,
  vault: (p) => `vault kv put secret/shop ${snake(p)}=${p.secret}`,
  traceback: (p) => `ValueError: bad credentials: ${snake(p)}='${p.secret}'`,
};

/** Whether half of the secret, or six characters of a short one, is still there. */
function stands(text: string, secret: string): boolean {
  const decoded = text.replace(/%[0-9A-F]{2}/g, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
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
      for (let time = 0; time < 2; time++) {
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

  it('are gone from contexts they were not made for', () => {
    const { planted, left, share } = measured(heldOut, 2);
    console.log(`${planted - left.length} of ${planted} held-out planted secrets gone`);
    expect(share, left.join('\n')).toBeGreaterThanOrEqual(0.97);
  });
});

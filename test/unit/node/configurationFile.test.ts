import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/model/configuration';
import {
  findWorkspaceRoot,
  readConfiguration,
  writeConfiguration,
} from '../../../src/node/configurationFile';

let root = '';
let folder = '';
let path = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'configuration-'));
  folder = join(root, '.claude-pm');
  path = join(folder, 'config.json');
  await mkdir(folder);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('the configuration', () => {
  it('is all defaults without a file', async () => {
    expect(await readConfiguration(folder)).toEqual({
      configuration: defaultConfiguration,
      warnings: [],
      path,
    });
  });

  it('takes what the file sets and defaults for the rest, also after a byte-order mark', async () => {
    await writeFile(path, '\uFEFF{"correctionAnalysisDays": 90, "sources": {"cursor": {"enabled": false}}}');
    const { configuration, warnings } = await readConfiguration(folder);
    expect(configuration).toEqual({
      ...defaultConfiguration,
      correctionAnalysisDays: 90,
      sources: { cursor: { enabled: false } },
    });
    expect(warnings).toEqual([]);
  });

  it('warns of a key that nothing reads, with its line', async () => {
    await writeFile(path, '{\n  "$schema": "x",\n  "patternThreshold": 0.5\n}');
    const { configuration, warnings } = await readConfiguration(folder);
    expect(configuration).toEqual(defaultConfiguration);
    expect(warnings).toEqual([`${path}:3:23: the key "patternThreshold" is not known and changes nothing.`]);
  });

  it.each([
    ['{\n  "pipelineTimeout": 1,\n}', '3:1', /not valid JSON/],
    ['{\n  "patternDetectionThreshold": 1.5\n}', '2:32', /patternDetectionThreshold must be at most 1/],
    ['{\n\n  "validationSampleSize": 2.5\n}', '3:27', /validationSampleSize must be a whole number/],
    ['{\n  "agentTypes": [\n    "QA",\n    7\n  ]\n}', '4:5', /agentTypes\[1\] must be of type string/],
    [
      '{\n  "sources": {\n    "codex": { "enabled": "yes" }\n  }\n}',
      '3:27',
      /sources\.codex\.enabled must be of type boolean/,
    ],
    ['{\n  "sources": {\n    "emacs": {}\n  }\n}', '2:14', /emacs/],
    ['[]', '1:1', /one object/],
    ['', '1:1', /empty/],
  ])('refuses %j with file, line, column and reason', async (text, place, reason) => {
    await writeFile(path, text);
    const refused = { code: 'INVALID_CONFIGURATION', message: expect.stringMatching(reason) };
    await expect(readConfiguration(folder)).rejects.toMatchObject(refused);
    await expect(readConfiguration(folder)).rejects.toThrow(`${path}:${place}: `);
  });
});

describe('changing the configuration', () => {
  it('keeps all other keys, known or not, in their order', async () => {
    await writeFile(path, '{"mine": [1], "pipelineTimeout": 60, "agentTypes": ["QA"]}');
    const configuration = await writeConfiguration(folder, {
      pipelineTimeout: 90,
      autoDeploymentEnabled: true,
    });
    expect(configuration).toMatchObject({
      pipelineTimeout: 90,
      autoDeploymentEnabled: true,
      agentTypes: ['QA'],
    });
    expect(JSON.stringify(JSON.parse(await readFile(path, 'utf8')))).toBe(
      '{"mine":[1],"pipelineTimeout":90,"agentTypes":["QA"],"autoDeploymentEnabled":true}',
    );
  });

  it('makes the file where there is none', async () => {
    await rm(folder, { recursive: true });
    await writeConfiguration(folder, { correctionAnalysisDays: 7 });
    expect((await readConfiguration(folder)).configuration.correctionAnalysisDays).toBe(7);
  });

  it.each([['{"pipelineTimeout": }'], ['{"pipelineTimeout": 0}']])('never overwrites %s', async (text) => {
    await writeFile(path, text);
    await expect(writeConfiguration(folder, { correctionAnalysisDays: 7 })).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
    });
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('writes nothing that could not be read again', async () => {
    await expect(writeConfiguration(folder, { significanceLevel: 2 })).rejects.toMatchObject({
      code: 'INVALID_CONFIGURATION',
    });
    expect((await readConfiguration(folder)).configuration).toEqual(defaultConfiguration);
  });
});

describe('the workspace', () => {
  it('is the nearest parent that holds .claude-pm/', async () => {
    const deep = join(root, 'a', 'b');
    await mkdir(deep, { recursive: true });
    expect(await findWorkspaceRoot(deep)).toBe(root);
    expect(await findWorkspaceRoot(root)).toBe(root);
    await mkdir(join(root, 'a', '.claude-pm'));
    expect(await findWorkspaceRoot(deep)).toBe(join(root, 'a'));
  });

  it('is none where only a file bears the name', async () => {
    const other = await mkdtemp(join(tmpdir(), 'other-'));
    try {
      await writeFile(join(other, '.claude-pm'), '');
      expect(await findWorkspaceRoot(other)).toBeUndefined();
    } finally {
      await rm(other, { recursive: true });
    }
  });
});

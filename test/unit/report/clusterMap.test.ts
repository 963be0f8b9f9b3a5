import { describe, expect, it } from 'vitest';
import { clusterMap, mostClusters } from '../../../src/core/report/clusterMap';
import { nextPoint } from '../../../src/webview/mapMoves';
import { hostile, sampleCluster } from './samples';

const known = new Set(['p1']);

describe('the map of clusters', () => {
  it('places what is alike near each other, upwards and to the right', () => {
    const { markup } = clusterMap(
      [
        sampleCluster('low', { position: [-1, -1] }),
        sampleCluster('high', { position: [1, 1] }),
        sampleCluster('far', { position: [9, 0] }),
      ],
      known,
      false,
    );
    expect(markup).toContain('cx="30" cy="570"');
    expect(markup).toContain('cx="570" cy="30"');
    expect(markup.match(/cx="570"/g)).toHaveLength(2);
  });

  it('fills patterns, and draws others hollow, also those whose pattern is gone', () => {
    const { markup } = clusterMap(
      [
        sampleCluster('a', { patternId: 'p1' }),
        sampleCluster('b', { patternId: 'gone' }),
        sampleCluster('c'),
      ],
      known,
      true,
    );
    expect(markup.match(/class="cluster isPattern"/g)).toHaveLength(1);
    expect(markup.match(/class="cluster"/g)).toHaveLength(2);
    expect(markup).toContain(
      'role="button" aria-label="Pattern: Cluster a (engineer, 2 corrections, 2 sessions)"',
    );
    expect(markup.match(/tabindex="0"/g)).toHaveLength(1);
  });

  it('gives the area to the number of corrections', () => {
    const members = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
    const { markup } = clusterMap(
      [sampleCluster('a', { memberIds: members(100) }), sampleCluster('b', { memberIds: members(25) })],
      known,
      false,
    );
    const radii = [...markup.matchAll(/ r="([\d.]+)"/g)].map(([, r]) => Number(r));
    expect(radii.sort((x, y) => x - y)).toEqual([16, 28]);
  });

  it('says how many of very many it shows, patterns first', () => {
    const many = Array.from({ length: mostClusters + 500 }, (_, index) =>
      sampleCluster(`k${index}`, { patternId: index === mostClusters + 400 ? 'p1' : null }),
    );
    const { markup } = clusterMap(many, known, false);
    expect(markup.match(/<circle/g)).toHaveLength(mostClusters);
    expect(markup).toContain('Shown are the 1,000 largest of 1,500, patterns first.');
    expect(markup).toContain('isPattern');
  });

  it('stands beside a table of the same clusters', () => {
    const { markup } = clusterMap([sampleCluster('a', { patternId: 'p1' })], known, true);
    expect(markup).toContain('data-action="select" data-pattern="p1">Cluster a</button>');
    expect(markup).toContain('<td>engineer</td><td>2</td><td>2</td><td>0.50</td><td>yes</td>');
  });

  it('says what to do where no cluster has a place', () => {
    const { position: _, ...placeless } = sampleCluster('a');
    expect(clusterMap([placeless], known, true).markup).toContain(
      'The next run of the analysis gives them one',
    );
  });

  it('never lets a title become markup', () => {
    const { markup } = clusterMap([sampleCluster('a', { title: hostile, agentType: hostile })], known, true);
    expect(markup).not.toMatch(/<script|<img/);
  });
});

describe('an arrow key on the map', () => {
  const points = [
    { x: 50, y: 50 },
    { x: 60, y: 50 },
    { x: 90, y: 52 },
    { x: 50, y: 20 },
    { x: 55, y: 90 },
  ];

  it('goes to the nearest in its direction', () => {
    expect(nextPoint(points, 0, 'ArrowRight')).toBe(1);
    expect(nextPoint(points, 1, 'ArrowRight')).toBe(2);
    expect(nextPoint(points, 0, 'ArrowUp')).toBe(3);
    expect(nextPoint(points, 0, 'ArrowDown')).toBe(4);
  });

  it('stays where there is nothing, and for any other key', () => {
    expect(nextPoint(points, 0, 'ArrowLeft')).toBeUndefined();
    expect(nextPoint(points, 0, 'x')).toBeUndefined();
  });
});

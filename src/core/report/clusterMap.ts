import type { Cluster } from '../model/pattern';
import { grouped, plural, score } from './format';
import { html, type Markup, nothing } from './html';

/** Drawn and listed at most: beyond, circles hide each other and the window gets slow. */
export const mostClusters = 1000;

/** Units of the square drawing, and the room at its edges. */
const side = 600;
const edge = 30;
/** Radii of the smallest and the largest circle where there are few. */
const radii = [4, 28] as const;
/** With more circles than this they get smaller, so that together they cover no more. */
const fewClusters = 60;

interface Place {
  readonly cluster: Cluster;
  /** The pattern that it is, where the report holds that pattern. */
  readonly patternId: string | undefined;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

type Placed = Cluster & { readonly position: readonly [number, number] };

function isPlaced(cluster: Cluster): cluster is Placed {
  return cluster.position !== undefined;
}

/** From [-1, 1] to units of the drawing. */
function placeOf(coordinate: number): number {
  const within = (Math.min(1, Math.max(-1, coordinate)) + 1) / 2;
  return Math.round((edge + within * (side - 2 * edge)) * 10) / 10;
}

/** Patterns before other clusters, the larger first; the area of a circle stands for its corrections. */
function places(clusters: readonly Placed[], known: ReadonlySet<string>): readonly Place[] {
  const most = Math.max(1, ...clusters.map((cluster) => cluster.memberIds.length));
  const shrunk = Math.min(1, Math.sqrt(fewClusters / Math.max(1, clusters.length)));
  const smallest = Math.max(2, radii[0] * shrunk);
  const largest = radii[1] * shrunk;
  return clusters.map((cluster) => {
    const { patternId, position, memberIds } = cluster;
    return {
      cluster,
      patternId: patternId !== null && known.has(patternId) ? patternId : undefined,
      x: placeOf(position[0]),
      // Upwards, as in any diagram.
      y: placeOf(-position[1]),
      radius: Math.round((smallest + Math.sqrt(memberIds.length / most) * (largest - smallest)) * 10) / 10,
    };
  });
}

/** What is said of a cluster by the pointer, the focus and a screen reader. */
function nameOf({ cluster, patternId }: Place): string {
  const kind = patternId === undefined ? 'Cluster' : 'Pattern';
  return `${kind}: ${cluster.title} (${cluster.agentType}, ${plural(cluster.memberIds.length, 'correction')}, ${plural(cluster.sessions, 'session')})`;
}

function circle(place: Place, index: number, interactive: boolean): Markup {
  const { x, y, radius, patternId } = place;
  const name = nameOf(place);
  const kind = patternId === undefined ? 'cluster' : 'cluster isPattern';
  if (!interactive) {
    return html`<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"><title>${name}</title></circle>`;
  }
  const role = patternId === undefined ? 'img' : 'button';
  const target = patternId === undefined ? nothing : html` data-pattern="${patternId}"`;
  return html`<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}" role="${role}" aria-label="${name}" tabindex="${index === 0 ? 0 : -1}"${target}><title>${name}</title></circle>`;
}

function tableRow({ cluster, patternId }: Place, interactive: boolean): Markup {
  const title =
    interactive && patternId !== undefined
      ? html`<button type="button" class="link" data-action="select" data-pattern="${patternId}">${cluster.title}</button>`
      : html`${cluster.title}`;
  return html`<tr><td>${title}</td><td>${cluster.agentType}</td><td>${cluster.memberIds.length}</td><td>${cluster.sessions}</td><td>${score(cluster.confidence)}</td><td>${patternId === undefined ? 'no' : 'yes'}</td></tr>`;
}

function table(shown: readonly Place[], interactive: boolean): Markup {
  return html`<details data-keep="map-table"><summary>The clusters, as a table</summary><table><thead><tr><th scope="col">Cluster</th><th scope="col">Agent</th><th scope="col">Corrections</th><th scope="col">Sessions</th><th scope="col">Confidence</th><th scope="col">Pattern</th></tr></thead><tbody>${shown.map((place) => tableRow(place, interactive))}</tbody></table></details>`;
}

/** Groups of like corrections as circles, near each other where they are alike, with the table of the same clusters. */
export function clusterMap(
  clusters: readonly Cluster[],
  patternIds: ReadonlySet<string>,
  interactive: boolean,
): Markup {
  const isPattern = (cluster: Cluster) => cluster.patternId !== null && patternIds.has(cluster.patternId);
  const chosen = clusters
    .filter(isPlaced)
    .toSorted(
      (a, b) => Number(isPattern(b)) - Number(isPattern(a)) || b.memberIds.length - a.memberIds.length,
    );
  if (chosen.length === 0) {
    const advice =
      clusters.length === 0
        ? 'Run Improvement looks for like corrections and groups them.'
        : `${plural(clusters.length, 'cluster')} without a place were found. The next run of the analysis gives them one.`;
    return html`<div class="card"><p><strong>No map yet.</strong></p><p class="quiet">${advice}</p></div>`;
  }
  const shown = places(chosen.slice(0, mostClusters), patternIds);
  const drawn = shown
    .toReversed()
    .map((place, index) => circle(place, shown.length - 1 - index, interactive));
  const left =
    chosen.length > shown.length
      ? html` Shown are the ${grouped(shown.length)} largest of ${grouped(chosen.length)}, patterns first.`
      : nothing;
  const patterns = shown.filter((place) => place.patternId !== undefined).length;
  const label = `Map of ${plural(shown.length, 'cluster')}, of which ${plural(patterns, 'pattern')}. The table has the same clusters.`;
  const status = interactive
    ? html`<p id="map-name" class="mapName" role="status">Arrow keys go from circle to circle; Enter opens a pattern.</p>`
    : nothing;
  return html`${status}<figure><svg class="map" role="${interactive ? 'group' : 'img'}" aria-label="${label}" viewBox="0 0 ${side} ${side}">${drawn}</svg>
  <figcaption>Each circle is a group of like corrections; what is near is alike, and the area stands for the number of corrections. Filled: patterns; hollow: groups that do not recur enough yet.${left}</figcaption></figure>
  ${table(shown, interactive)}`;
}

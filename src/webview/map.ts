import { required } from './dom';
import { nextPoint } from './mapMoves';

function clusterAt(target: EventTarget | null): SVGCircleElement | undefined {
  return target instanceof SVGCircleElement && target.classList.contains('cluster') ? target : undefined;
}

function tell(cluster: SVGCircleElement): void {
  const name = document.getElementById('map-name');
  if (name) name.textContent = cluster.getAttribute('aria-label');
}

function move(from: SVGCircleElement, key: string): boolean {
  const clusters = [...(from.ownerSVGElement?.querySelectorAll<SVGCircleElement>('.cluster') ?? [])];
  const points = clusters.map(({ cx, cy }) => ({ x: cx.baseVal.value, y: cy.baseVal.value }));
  const next = clusters[nextPoint(points, clusters.indexOf(from), key) ?? -1];
  if (!next) return false;
  from.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
  return true;
}

/** The circles of the cluster map: their names by pointer and focus, arrow keys between them, and the way to a pattern. */
export function startMap(onPattern: (patternId: string) => void): void {
  const panel = required('panel-map', HTMLElement);
  const open = (cluster: SVGCircleElement | undefined) => {
    const patternId = cluster?.dataset['pattern'];
    if (patternId !== undefined) onPattern(patternId);
  };
  for (const kind of ['mouseover', 'focusin'] as const) {
    panel.addEventListener(kind, ({ target }) => {
      const cluster = clusterAt(target);
      if (cluster) tell(cluster);
    });
  }
  panel.addEventListener('click', ({ target }) => open(clusterAt(target)));
  panel.addEventListener('keydown', (event) => {
    const cluster = clusterAt(event.target);
    if (!cluster) return;
    if (event.key === 'Enter' || event.key === ' ') open(cluster);
    else if (!move(cluster, event.key)) return;
    event.preventDefault();
  });
}

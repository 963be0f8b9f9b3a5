import type { Ports } from '../ports';
import type { TemplateContext } from '../templates/templateRecords';
import type { CanaryPlace } from './canaryPlace';

/** What the work on experiments needs. */
export interface CanaryContext {
  readonly ports: TemplateContext['ports'] & Pick<Ports, 'random'>;
  /** For the deployment of a candidate. */
  readonly templates: TemplateContext;
  readonly place: CanaryPlace;
}

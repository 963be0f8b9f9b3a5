import type { Configuration } from '../../model/configuration';
import type { Ports } from '../../ports';
import type { PromptTemplateManager } from '../../templates/promptTemplateManager';
import type { ScopePorts } from './scopeGround';

/** What moving a hunk needs; an opened workspace is one. */
export interface MoveContext {
  readonly ports: Pick<Ports, 'store' | 'audit' | 'promptFiles' | 'clock' | 'hash' | 'log' | 'access'> &
    ScopePorts;
  readonly configuration: Configuration;
  readonly templates: PromptTemplateManager;
}

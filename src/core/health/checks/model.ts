import type { HealthCheck } from '../healthCheck';

/** A model is a choice: without one all works, offline. */
export const modelCheck: HealthCheck = {
  name: 'Model',
  checkedBy: 'asked the model’s service for its list of models, which costs nothing',
  async run({ model, signal }) {
    if (model === undefined) {
      return { status: 'healthy', detail: 'none is chosen; everything is done offline' };
    }
    const { state, detail } = await model.probe(signal);
    const status = state === 'reachable' ? 'healthy' : state === 'not-listed' ? 'degraded' : 'unknown';
    return { status, detail: `${model.id}: ${detail}` };
  },
};

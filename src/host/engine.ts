/** Loads the engine's bundle on first use; later calls get the same module. */
export const loadEngine = () => import('../node/engine');

export type Engine = Awaited<ReturnType<typeof loadEngine>>;

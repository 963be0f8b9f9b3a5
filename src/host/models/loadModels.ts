/** Loads the clients' bundle on first use. */
export const loadModels = () => import('../../node/models/models');

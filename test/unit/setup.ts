import fc from 'fast-check';

/** Properties run on the same cases every time; another seed widens the search: `FAST_CHECK_SEED=42 npm run test:unit`. */
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20_261_123) });

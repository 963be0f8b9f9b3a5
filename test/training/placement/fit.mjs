// Measures where rules are placed and fits the weights anew: see fit.ts.
import { bundleAndRun } from '../bundleAndRun.mjs';

bundleAndRun('test/training/placement/fit.ts');

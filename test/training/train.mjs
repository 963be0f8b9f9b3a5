// Fits the message classifier: see train.ts.
import { bundleAndRun } from './bundleAndRun.mjs';

bundleAndRun('test/training/train.ts');

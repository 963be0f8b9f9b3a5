// Makes media/wordVectors.bin: see README.md.
import { bundleAndRun } from '../bundleAndRun.mjs';

bundleAndRun('test/training/vectors/distill.ts', ['--max-old-space-size=8000']);

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests that click and type in a served VS Code: one window at a time, in the order they are written.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/ui/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
    teardownTimeout: 30_000,
  },
});

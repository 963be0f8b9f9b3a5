import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// Tests that run the real Claude Code client against a scripted model. Each has a home, a folder and a server of its own.
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    include: ['test/client/**/*.test.ts'],
    // They mostly wait for programs that they started.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

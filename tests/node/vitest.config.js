import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['board/*.test.js'], environment: 'jsdom', testTimeout: 20_000, isolate: false },
  server: { fs: { allow: ['../..'] } },
});

// SPDX-License-Identifier: Apache-2.0
// Browser tests: the release build, the finished web files and Debian's Chromium. Run with ./dev e2e.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = path.dirname(fileURLToPath(import.meta.url));
const tests = path.resolve(here, "../tests/e2e");
const packages = path.join(here, "node_modules");

export default defineConfig({
  root: tests,
  cacheDir: path.join(packages, ".vite-e2e"),
  resolve: {
    alias: {
      "playwright-core": path.join(packages, "playwright-core"),
      "axe-core": path.join(packages, "axe-core"),
      vitest: path.join(packages, "vitest"),
    },
  },
  server: { fs: { allow: [path.resolve(here, "..")] } },
  test: {
    include: ["**/*.spec.ts"],
    globalSetup: [path.join(tests, "server.ts")],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
  },
});

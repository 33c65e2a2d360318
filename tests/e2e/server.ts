// SPDX-License-Identifier: Apache-2.0
// One demonstration city and one server for all browser tests.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { archiveOf } from "./tiles_archive";

declare module "vitest" {
  export interface ProvidedContext {
    origin: string;
    password: string;
  }
}

const password = "browser-Test-8";

function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run the browser tests with ./dev e2e`);
  return value;
}

export default async function setup(project: TestProject) {
  const binary = needed("TSUNAGI_TEST_BINARY");
  const data = mkdtempSync(path.join(tmpdir(), "tsunagi-e2e-"));
  execFileSync(binary, ["demo", "--data", data, "--password", password], { stdio: "ignore" });
  const tiles = path.join(data, "tiles.pmtiles");
  writeFileSync(tiles, archiveOf([200, 220, 180], "<b>架空の背景地図</b>"));
  const server = spawn(
    binary,
    ["serve", "--data", data, "--port", "0", "--web", needed("TSUNAGI_TEST_WEB")],
    { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, TSUNAGI_LOG_REQUESTS: "false", TSUNAGI_MAPS_BACKGROUND: tiles } },
  );
  const origin = await new Promise<string>((resolve, reject) => {
    server.stdout.setEncoding("utf8");
    let said = "";
    server.stdout.on("data", (text: string) => {
      said += text;
      const found = /"address":"(http:\/\/[^"]+)"/.exec(said);
      if (found) resolve(found[1]!.replace("127.0.0.1", "localhost"));
    });
    server.on("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  project.provide("origin", origin);
  project.provide("password", password);
  return async () => {
    server.removeAllListeners("exit");
    const ended = new Promise((resolve) => server.on("exit", resolve));
    server.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
}

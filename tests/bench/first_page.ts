// SPDX-License-Identifier: Apache-2.0
// What the first page costs: bytes over the line and milliseconds until it can be used. Run by ./dev bench against a
// server that holds the demonstration:
//   node tests/bench/first_page.ts ORIGIN LOGIN PASSWORD
import { createRequire } from "node:module";
import type { Browser, Cookie } from "playwright-core";
import { type Cost, freshContext, weigh } from "./cold_start.ts";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const [origin, login, password] = process.argv.slice(2);
if (!origin || !login || !password) throw new Error("usage: first_page.ts ORIGIN LOGIN PASSWORD");
const attempts = 9;

async function signIn(browser: Browser): Promise<Cookie[]> {
  const context = await freshContext(browser, []);
  const page = await context.newPage();
  await page.goto(origin!);
  await page.locator("#login").fill(login!);
  await page.locator("#password").fill(password!);
  await page.keyboard.press("Enter");
  await page.locator("#login").waitFor({ state: "detached" });
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function report(name: string, once: () => Promise<Cost>): Promise<void> {
  const costs: Cost[] = [];
  for (let attempt = 0; attempt < attempts; ++attempt) costs.push(await once());
  costs.sort((a, b) => a.milliseconds - b.milliseconds);
  const { bytes, requests, milliseconds } = costs[attempts >> 1]!;
  console.log(`  ${name}: ${Math.round(bytes / 1000)} kB, ${requests} requests, ${Math.round(milliseconds)} ms`);
}

const browser: Browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const cookies = await signIn(browser);
  const cold = async (usable: string, known: Cookie[]) => {
    const context = await freshContext(browser, known);
    const cost = await weigh(context, origin, usable);
    await context.close();
    return cost;
  };
  await report("sign-in, first visit", () => cold("#login", []));
  await report("home, first visit", () => cold("main .board a", cookies));
  const visitor = await freshContext(browser, cookies);
  await weigh(visitor, origin, "main .board a");
  await report("home, later visit", () => weigh(visitor, origin, "main .board a"));
} finally {
  await browser.close();
}

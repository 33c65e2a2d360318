// SPDX-License-Identifier: Apache-2.0
// What the first page costs: bytes over the line and milliseconds until it can be used, with nothing in the browser's
// cache. Prints one JSON line. Run by ./dev bench against a server that holds the demonstration:
//   node tests/bench/first_page.ts ORIGIN LOGIN PASSWORD
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const [origin, login, password] = process.argv.slice(2);
if (!origin || !login || !password) throw new Error("usage: first_page.ts ORIGIN LOGIN PASSWORD");
const attempts = 9;

interface Cost {
  bytes: number;
  requests: number;
  median_ms: number;
}

async function measure(browser: Browser, usable: string, cookies: Parameters<Awaited<ReturnType<Browser["newContext"]>>["addCookies"]>[0]): Promise<Cost> {
  const times: number[] = [];
  let bytes = 0;
  let requests = 0;
  for (let attempt = 0; attempt < attempts; ++attempt) {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "ja-JP" });
    await context.addCookies(cookies);
    const page = await context.newPage();
    const line = await context.newCDPSession(page);
    await line.send("Network.enable");
    bytes = requests = 0;
    line.on("Network.loadingFinished", (event: { encodedDataLength: number }) => {
      bytes += event.encodedDataLength;
      ++requests;
    });
    const start = performance.now();
    await page.goto(`${origin}/`, { waitUntil: "commit" });
    await page.locator(usable).first().waitFor();
    times.push(performance.now() - start);
    await page.waitForLoadState("networkidle");
    await context.close();
  }
  times.sort((a, b) => a - b);
  return { bytes, requests, median_ms: Math.round(times[attempts >> 1]!) };
}

const browser: Browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const context = await browser.newContext({ locale: "ja-JP" });
  const page = await context.newPage();
  await page.goto(origin);
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await page.keyboard.press("Enter");
  await page.locator("#login").waitFor({ state: "detached" });
  const cookies = await context.cookies();
  await context.close();
  console.log(JSON.stringify({ sign_in: await measure(browser, "#login", []), home: await measure(browser, "main .board a", cookies) }));
} finally {
  await browser.close();
}

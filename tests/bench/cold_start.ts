// SPDX-License-Identifier: Apache-2.0
// Opens the first page as somebody does who has never been there, and weighs it. For the bench and the browser tests.
import type { Browser, BrowserContext, Cookie, Page } from "playwright-core";

export interface Cost {
  bytes: number;
  requests: number;
  milliseconds: number;
}

/** A browser that knows nothing but who is signed in. */
export async function freshContext(browser: Browser, cookies: Cookie[]): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: "ja-JP" });
  await context.addCookies(cookies);
  return context;
}

/** Waits until `usable` is there for the time, and until nothing more is fetched for the weight. */
export async function weigh(context: BrowserContext, origin: string, usable: string): Promise<Cost> {
  const page: Page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const cost: Cost = { bytes: 0, requests: 0, milliseconds: 0 };
  line.on("Network.loadingFinished", (event) => {
    cost.bytes += event.encodedDataLength;
    if (event.encodedDataLength > 0) ++cost.requests;
  });
  const start = performance.now();
  await page.goto(`${origin}/`, { waitUntil: "commit" });
  await page.locator(usable).first().waitFor();
  cost.milliseconds = performance.now() - start;
  await page.waitForLoadState("networkidle");
  await page.close();
  return cost;
}

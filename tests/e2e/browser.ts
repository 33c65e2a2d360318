// SPDX-License-Identifier: Apache-2.0
// A signed-in page, and what every page must keep: no request leaves the server, no accessibility violation,
// no error in the console.
import axe from "axe-core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { expect, inject } from "vitest";

export const origin = inject("origin");
const password = inject("password");

let browser: Browser | undefined;

export async function startBrowser(): Promise<Browser> {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return browser;
}

export async function stopBrowser(): Promise<void> {
  await browser?.close();
  browser = undefined;
}

/** What went wrong on a page without anybody looking: requests to elsewhere, script errors, CSP violations. */
export interface Watched {
  page: Page;
  context: BrowserContext;
  faults: string[];
}

export async function openPage(size = { width: 1366, height: 768 }): Promise<Watched> {
  const context = await (await startBrowser()).newContext({ viewport: size, locale: "ja-JP" });
  await slowDown(context);
  const page = await context.newPage();
  page.on("filechooser", () => undefined); // listening from the start: the first dialog would come before the browser is told to hand it over
  const faults: string[] = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !url.startsWith("data:") && !url.startsWith("blob:")) faults.push(`request: ${url}`);
  });
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    // A refused request is part of some tasks; the page shows it.
    if (/status of (401|403|404|409|422)/.test(message.text())) return;
    faults.push(`console: ${message.text()}`);
  });
  return { page, context, faults };
}

/** With TSUNAGI_TEST_DELAY=300 each answer of the API comes up to 300 ms later: a test that races with its page is found on a quick machine. */
async function slowDown(context: BrowserContext): Promise<void> {
  const most = Number(process.env.TSUNAGI_TEST_DELAY ?? 0);
  if (most === 0) return;
  await context.route("**/api/**", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * most));
    await route.continue().catch(() => undefined); // the page may be gone by now
  });
}

export async function signIn(page: Page, login: string, path = "/"): Promise<void> {
  await page.goto(origin + path);
  await page.locator("#login").fill(login);
  await page.locator("#password").fill(password);
  await page.keyboard.press("Enter");
  await page.locator("#login").waitFor({ state: "detached" });
  await page.locator("main h1").first().waitFor();
}

/** Violations of WCAG 2.2 A and AA, in one line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // As tall as the page: what a sticky bar happens to cover at this scroll position is not covered for the person.
  const size = page.viewportSize()!;
  const tall = (await page.evaluate("document.scrollingElement.scrollHeight")) as number;
  await page.setViewportSize({ width: size.width, height: Math.max(size.height, tall) });
  const result = (await page.evaluate(
    "axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } })",
  )) as axe.AxeResults;
  await page.setViewportSize(size);
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")}`),
  );
}

export async function expectSound({ page, faults }: Watched): Promise<void> {
  expect(await accessibilityFaults(page), page.url()).toEqual([]);
  expect(faults, page.url()).toEqual([]);
}

export function pathOf(page: Page): string {
  return new URL(page.url()).pathname;
}

/** The button with these words; where a form shows it twice, the one that can be seen. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name }).filter({ visible: true }).first().click();
}

/** Writes what a sheet needs of a call and registers it; ends on the page of the record. */
export async function takeCall(page: Page, subject: string, { elements = {} }: { elements?: Record<string, string> } = {}): Promise<void> {
  await fillCall(page, subject, elements);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: subject }).waitFor();
}

export async function fillCall(page: Page, subject: string, elements: Record<string, string> = {}): Promise<void> {
  await page.goto(`${origin}/consultations/new`);
  await page.locator("#f-kind").waitFor();
  for (const field of ["kind", "caller_profession", "method", "topic", "supports", "scenes"]) await page.locator(`#f-${field}`).check();
  await page.locator("#f-caller_name").fill("架空 太郎");
  await page.keyboard.press("Escape");
  await page.locator("#f-request").fill(`${subject}。急ぎではない。`);
  await page.locator("#f-subject").fill(subject);
  for (const [element, value] of Object.entries(elements)) await page.getByRole("textbox", { name: element }).fill(value);
}

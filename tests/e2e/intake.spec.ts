// SPDX-License-Identifier: Apache-2.0
// A call is written down with the keyboard alone, found again, and printed on one sheet of A4.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser } from "./browser";
import type { Page } from "playwright-core";

afterAll(stopBrowser);

/** What the field with the focus is called: its own label, or that of the group it belongs to. */
const focused = `(() => {
  const element = document.activeElement;
  const byId = (ids) => (ids ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const group = element.closest("[role=radiogroup],[role=group],fieldset");
  return [
    element.getAttribute("aria-label"),
    byId(element.getAttribute("aria-labelledby")),
    element.labels?.[0]?.textContent,
    group && (group.getAttribute("aria-label") ?? ""),
    group && byId(group.getAttribute("aria-labelledby")),
    group?.querySelector("legend")?.textContent,
  ].join(" ");
})()`;

async function tabTo(page: Page, label: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 150; ++i) {
    const name = (await page.evaluate(focused)) as string;
    if (label.test(name)) return;
    seen.push(name.replace(/\s+/g, " ").trim());
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${String(label)}; it met ${seen.join(" | ")}`);
}

test("a coordinator registers a consultation without touching the mouse", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await page.keyboard.press("n");
  await page.waitForURL("**/consultations/new");
  await page.locator("main input[type=radio]").first().waitFor();

  await tabTo(page, /相談種別/);
  await page.keyboard.press("1");
  await tabTo(page, /相談者名/);
  await page.keyboard.type("架空 太郎");
  await page.keyboard.press("Escape");
  await tabTo(page, /相談者の主業務/);
  await page.keyboard.press("1");
  await tabTo(page, /相談方法/);
  await page.keyboard.press("1");
  await tabTo(page, /主訴/);
  await page.keyboard.type("退院後に吸引のできる訪問看護を探している。髙・𠮷・①も残る。");
  await tabTo(page, /件名/);
  await page.keyboard.type("吸引のできる訪問看護");
  await tabTo(page, /内容\s*必須/);
  await page.keyboard.press("1");
  await tabTo(page, /支援内容/);
  await page.keyboard.press("Space");
  await tabTo(page, /場面/);
  await page.keyboard.press("Space");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "吸引のできる訪問看護" }).waitFor();
  expect(await page.locator("main").innerText()).toContain("髙・𠮷・①も残る。");
  await expectSound(watched);

  // One sheet of A4, as it would be filed.
  await page.goto(`${page.url()}/print`);
  await page.getByText("相談内容シート").first().waitFor();
  const pdf = (await page.pdf({ format: "A4", printBackground: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1);
  await watched.context.close();
});

test("pressing register too early names every missing field and keeps what was typed", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await tabTo(page, /主訴/);
  await page.keyboard.type("書きかけの主訴");
  await page.keyboard.press("Control+Enter");
  const summary = page.getByRole("alert").first();
  await summary.waitFor();
  expect(await summary.innerText()).toContain("相談者名");
  await page.reload();
  await expect
    .poll(() => page.locator("textarea").evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value)))
    .toContain("書きかけの主訴");
  await watched.context.close();
});

test("every figure of the month table leads to its cases", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/analysis/months");
  const cell = page.locator("table.months a").filter({ hasText: /^[1-9]\d*$/ }).first();
  await cell.waitFor();
  const count = Number(await cell.innerText());
  await cell.click();
  const panel = page.locator("section.cases");
  await panel.getByText(`${count}件`).first().waitFor();
  await expectSound(watched);
  await panel.getByRole("link").first().click();
  await page.waitForURL(/consultations/);
  await page.getByText(`${count}件`).first().waitFor();
  await watched.context.close();
});

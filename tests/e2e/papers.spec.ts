// SPDX-License-Identifier: Apache-2.0
// The desk's other papers: a sheet to write by hand, the cover of a FAX, an inquiry; one sheet of A4 each.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser } from "./browser";
import type { Page } from "playwright-core";

afterAll(stopBrowser);

/** Pages of what Chromium would print. */
async function printed(page: Page): Promise<number> {
  const pdf = (await page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page[^s]/g)?.length ?? 0;
}

test("a blank sheet for handwriting is one page with every choice and room to write", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations");
  await page.getByRole("link", { name: "手書き用紙" }).click();
  await page.getByText("1 / 1 ページ").waitFor();
  const sheet = page.locator(".sheet-page");
  for (const words of ["医療処置", "要介護5", "看取り", "受付番号"]) expect(await sheet.innerText()).toContain(words);
  const heights = await sheet.locator(".box").evaluateAll((boxes) => boxes.map((box) => box.getBoundingClientRect().height));
  expect(heights).toHaveLength(3);
  expect(Math.min(...heights)).toBeGreaterThan(50);
  const height = await sheet.locator(".sheet-body").evaluate((one) => one.getBoundingClientRect().height);
  expect(height).toBeLessThanOrEqual((266 * 96) / 25.4 + 0.5);
  expect(await printed(page)).toBe(1);
  await expectSound(watched);
  await watched.context.close();
});

test("a FAX cover and an inquiry are written, kept over a reload and printed without their form", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  const response = await page.request.get(`${origin}/api/consultations?state=open&limit=1`);
  const id = ((await response.json()) as { items: { id: string }[] }).items[0]!.id;
  await page.goto(`${origin}/consultations/${id}`);
  await press(page, "ほかの操作");
  await page.getByRole("menuitem", { name: "FAX送信票" }).click();
  await page.getByLabel("宛先(機関名)").fill("汐見病院 地域連携室");
  await page.getByLabel("本文").fill("本日お電話した件で、資料を1枚お送りします。");
  await page.getByLabel("ご返信ください").check();
  await page.reload();
  const sheet = page.locator(".sheet-page");
  await sheet.getByText("汐見病院 地域連携室").waitFor();
  expect(await sheet.innerText()).toContain("資料を1枚お送りします。");
  expect(await sheet.getByRole("img", { name: "あり" }).count()).toBe(1);
  expect(await printed(page)).toBe(1);
  await expectSound(watched);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".paper-form").isVisible()).toBe(false);
  await page.emulateMedia({ media: null });

  await page.goto(`${origin}/consultations/${id}/inquiry`);
  await page.getByLabel("お尋ねしたいこと").fill("長い照会です。".repeat(140));
  await page.getByText("1 / 1 ページ").waitFor();
  expect(await sheet.innerText()).toContain("回答者");
  expect(await printed(page)).toBe(1);
  await expectSound(watched);
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// The directory: a place is found, what the desk knows is written over what is published, an official file is compared,
// approved and taken back, and nothing of it touches what the desk wrote.
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const folder = mkdtempSync(join(tmpdir(), "tsunagi-official-"));
const published = join(import.meta.dirname, "../../demo/shiomi/official/jigyosho_430_all_20260630090000.csv");

/** The next edition of the file: one office has another phone, one is gone, one is new. All made up. */
function nextEdition(): string {
  const [head, ...all] = readFileSync(published, "utf8").trim().split("\r\n");
  const [one, two, , ...others] = all;
  const rows = [one, two];
  const first = rows[0]!.replace("000-233-6100", "000-233-6199");
  const made = rows[1]!.replaceAll("9970100030", "9970100055").replace("居宅介護支援事業所あさひ", "架空ケアプラン浜風");
  const name = join(folder, "jigyosho_430_all_20261031090000.csv");
  writeFileSync(name, [head, first, rows[1], made, ...others].join("\r\n") + "\r\n");
  return name;
}

test("found, written over, and left alone by an import", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/resources");
  await page.getByRole("heading", { name: "地域資源", level: 1 }).waitFor();
  await page.getByText("汐見市の").first().waitFor();
  expect(await page.getByText("凪浜訪問看護ステーション").count(), "the town is not the city").toBe(0);
  await expectSound(watched);

  // By words, then the record; the keyboard alone.
  await page.getByRole("searchbox", { name: "名前・住所・サービス・メモの言葉で探す" }).fill("あしはらケア");
  await page.keyboard.press("Enter");
  await page.getByRole("row").filter({ hasText: "あしはらケアサービス" }).getByText("訪問介護 · 居宅介護支援").waitFor();
  await page.getByRole("link", { name: "あしはらケアサービス" }).click();
  await page.getByRole("heading", { name: "あしはらケアサービス", level: 1 }).waitFor();
  await page.getByText("まだ何も書かれていません").waitFor();
  await page.locator("#public").getByText("介護サービス情報公表(厚生労働省) 令和8年6月30日").first().waitFor();
  await expectSound(watched);
  const path = new URL(page.url()).pathname;

  await page.getByRole("link", { name: "分かっていることを書く" }).click();
  await page.locator("#f-contact").selectOption("fax");
  await page.locator("#f-phone").fill("000-233-0001");
  await page.locator("#f-manners").fill("FAXのあとに電話で確かめる");
  await page.locator("#f-distance_km").fill("8");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(`${origin}${path}`);
  await page.locator("#local").getByText("FAXのあとに電話で確かめる").waitFor();
  await page.locator("#local").getByText("8kmまで").waitFor();
  expect(await page.locator("#local tbody tr").first().innerText()).toContain("渡邉 佐和子");

  // The next edition: compared first.
  await page.goto(`${origin}/official-imports`);
  await page.locator("#official-file").setInputFiles(nextEdition());
  await page.waitForURL(/\/official-imports\/[0-9a-f-]{36}$/);
  await page.getByText("電話番号: 000-233-6100 → 000-233-6199").waitFor();
  expect(await page.locator(".figures-row li").allInnerTexts()).toEqual(["1 新しい", "1 変わった", "1 載っていない", "41 読めた行", "0 取り込めない行", "5 気になる行"]);
  await expectSound(watched);
  await press(page, "承認して取り込む");
  await page.getByText("取り込み済み").waitFor();

  // What is published is new, what the desk wrote is as it was.
  await page.goto(origin + path);
  await page.locator("#local").getByText("FAXのあとに電話で確かめる").waitFor();
  await page.locator("#local").getByText("000-233-0001").waitFor();
  await page.locator("#public").getByText("000-233-6199").waitFor();
  await page.goto(`${origin}/resources?missing=true`);
  await page.getByText("ケアプラン北野原").waitFor();
  await page.getByText("要確認").first().waitFor();

  // And back again.
  await page.goto(`${origin}/official-imports`);
  await page.getByRole("link", { name: "jigyosho_430_all_20261031090000.csv" }).click();
  await press(page, "この取り込みを取り消す");
  await page.getByRole("dialog").getByRole("button", { name: "この取り込みを取り消す" }).click();
  await page.getByText("取り消し済み").waitFor();
  await page.goto(origin + path);
  await page.locator("#public").getByText("000-233-6100").first().waitFor();
  await page.locator("#local").getByText("000-233-0001").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("another file is refused in words", { timeout: 60_000 }, async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  await signIn(page, "station", "/official-imports");
  const name = join(folder, "list.csv");
  writeFileSync(name, "a,b\r\n1,2\r\n");
  // What is no code is told at its field, before anything is sent; it is not read as the whole country.
  const areas = page.locator("#f-municipalities");
  await expect.poll(() => areas.inputValue()).not.toBe("");
  const own = await areas.inputValue();
  await areas.fill("汐見市");
  await page.locator("#official-file").setInputFiles(name);
  await page.locator("#f-municipalities-error").getByText("市区町村コードではありません(汐見市)").waitFor();
  expect(await areas.inputValue(), "what was written stays").toBe("汐見市");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-municipalities");
  await areas.fill(own);
  await page.locator("#f-municipalities-error").waitFor({ state: "detached" });
  await page.locator("#official-file").setInputFiles(name);
  await page.waitForURL(/\/official-imports\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "このファイルは読めませんでした" }).waitFor();
  await page.getByText("どれとも合いません").waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectSound(watched);
});

test("what somebody speaks and when is written once and found by", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", `/resources?words=${encodeURIComponent("北野原見守りネット")}`);
  await page.getByRole("link", { name: "北野原見守りネット(架空)" }).click();
  await page.getByRole("heading", { level: 1, name: "北野原見守りネット(架空)" }).waitFor();
  await page.getByRole("link", { name: "分かっていることを書く" }).click();
  await page.getByRole("checkbox", { name: /深夜/ }).check();
  await page.getByRole("checkbox", { name: /会費・参加費/ }).check();
  await page.getByLabel("費用の補足").fill("年500円(架空)");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.getByText("年500円(架空)").waitFor();
  await expectSound(watched);
  await page.goto(`${origin}/resources?open_time=night&cost=member_fee`);
  await page.getByRole("link", { name: "北野原見守りネット(架空)" }).waitFor();
  await expectSound(watched);
  await watched.context.close();
});

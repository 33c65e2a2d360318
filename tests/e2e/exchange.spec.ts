// SPDX-License-Identifier: Apache-2.0
// What the directory hands over: somebody chooses a part, downloads a file and reads under which words it may be
// published; a place goes into an address book.
import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

test("a part of the directory is downloaded, with its sources", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/resources");
  await page.getByRole("link", { name: "ほかのシステムへ渡す" }).click();
  await page.getByRole("heading", { name: "ほかのシステムへ渡す", level: 1 }).waitFor();
  await expectSound(watched);

  // The municipality of the desk is chosen already; one service, by the keyboard.
  await page.locator("#f-service").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("option", { name: "訪問看護", exact: true }).click();
  await page.keyboard.press("Escape");
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "介護サービス事業所一覧(推奨データセット CSV)をダウンロード" }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("care_offices.csv");
  const rows = readFileSync((await file.path())!, "utf8").trim().split("\r\n");
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.slice(1).every((row) => row.includes(",訪問看護,"))).toBe(true);
  expect(rows.some((row) => row.includes("みなもと"))).toBe(true);
  const [packed] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "サービス一覧の表(HSDS 3.0 CSV、zip)をダウンロード" }).click(),
  ]);
  expect(packed.suggestedFilename()).toBe("hsds.zip");
  expect(readFileSync((await packed.path())!).subarray(0, 2).toString()).toBe("PK");

  await page.getByRole("link", { name: "出典" }).click();
  await page.getByRole("heading", { name: "出典", level: 1 }).waitFor();
  await page.getByText("(厚生労働省、令和8年6月30日(火)時点、CC BY 4.0 国際)を加工して作成").waitFor();
  await page.getByText("jigyosho_130_all_20260630090000.csv").waitFor();
  await expectSound(watched);

  await page.goto(`${origin}/resources?words=${encodeURIComponent("みなもと")}`);
  await page.getByRole("link", { name: "訪問看護ステーションみなもと" }).click();
  const [card] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "電話帳に入れる(vCard)" }).click(),
  ]);
  expect(readFileSync((await card.path())!, "utf8")).toContain("VERSION:4.0");
  await watched.context.close();
});

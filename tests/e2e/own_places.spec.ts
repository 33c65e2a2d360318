// SPDX-License-Identifier: Apache-2.0
// What no official file tells of is registered, changed, closed and opened again; a list of one's own is read by hand;
// two places of different files become one and two again.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const folder = mkdtempSync(join(tmpdir(), "tsunagi-own-"));

test("a gathering is registered, closed and opened again", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/own-places/new");
  await page.locator("#f-name").fill("架空ひだまり体操");
  await page.keyboard.press("Control+Enter");
  await page.locator(".error-summary, [role=alert]").first().waitFor();
  await page.getByLabel("通いの場").check();
  await page.locator("#f-phone").fill("000-231-0101");
  await page.locator("#f-description").fill("だれでも参加できる");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/resources\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "架空ひだまり体操", level: 1 }).waitFor();
  await page.locator("#public").getByText("だれでも参加できる").waitFor();
  await expectSound(watched);
  const path = new URL(page.url()).pathname;

  await page.getByRole("button", { name: "終了にする" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "終了にする" }).click();
  await page.locator("#own-reason-error").waitFor();
  await page.locator("#own-reason").fill("会場がなくなった");
  await page.getByRole("dialog").getByRole("button", { name: "終了にする" }).click();
  await page.getByText("会場がなくなった").waitFor();
  await page.goto(`${origin}/own-places?state=closed`);
  await page.getByText("架空ひだまり体操").waitFor();
  await expectSound(watched);
  await page.goto(origin + path);
  await page.getByRole("button", { name: "再開する" }).click();
  await page.locator("#own-reason").fill("別の会場が見つかった");
  await page.getByRole("dialog").getByRole("button", { name: "再開する" }).click();
  await page.getByRole("button", { name: "終了にする" }).waitFor();
  await page.getByRole("link", { name: "登録内容の履歴" }).click();
  await page.getByText("別の会場が見つかった").first().waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("a list of another layout is read by hand, and its places are compared", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/official-imports");
  const list = join(folder, "架空の会一覧.csv");
  writeFileSync(list, "会の名,ところ,でんわ\r\n架空あおぞら会,汐見市中央区架空町一丁目2番3号,000-231-0202\r\n");
  await page.locator("#official-file").setInputFiles(list);
  await page.getByRole("heading", { name: "列の意味を選ぶ" }).waitFor();
  await page.locator("#f-service").selectOption("gathering");
  await page.locator("#f-municipality_code").selectOption("991015");
  await press(page, "保存して、もう一度ファイルを選ぶ");
  await page.getByText("名称の列を選んでください").waitFor();
  await page.locator("#f-column-0").selectOption("name");
  await page.locator("#f-column-1").selectOption("address");
  await page.locator("#f-column-2").selectOption("phone");
  await expectSound(watched);
  await press(page, "保存して、もう一度ファイルを選ぶ");
  await page.waitForURL(/\/official-imports$/);
  await page.locator("#official-file").setInputFiles(list);
  await page.getByText("架空あおぞら会").waitFor();
  await press(page, "承認して取り込む");
  await page.getByText("取り込み済み").waitFor();

  // The same house in a second list.
  const other = join(folder, "架空の配食一覧.csv");
  writeFileSync(other, "配食の名,住所,電話番号\r\n架空あおぞら会,汐見市中央区架空町一丁目2番3号,000-231-0202\r\n");
  await page.goto(`${origin}/official-imports`);
  await page.locator("#official-file").setInputFiles(other);
  await page.getByRole("heading", { name: "列の意味を選ぶ" }).waitFor();
  await page.locator("#f-service").selectOption("meals");
  await page.locator("#f-municipality_code").selectOption("991015");
  for (const [at, field] of ["name", "address", "phone"].entries()) await page.locator(`#f-column-${at}`).selectOption(field);
  await press(page, "保存して、もう一度ファイルを選ぶ");
  await page.waitForURL(/\/official-imports$/);
  await page.locator("#official-file").setInputFiles(other);
  await page.getByText("架空あおぞら会").waitFor();
  await press(page, "承認して取り込む");
  await page.getByText("取り込み済み").waitFor();

  await page.goto(`${origin}/place-matches`);
  await page.locator("#f-municipality").fill("99");
  await press(page, "候補を探す");
  const pair = page.locator(".match", { hasText: "架空あおぞら会" });
  await pair.waitFor();
  await expectSound(watched);
  await pair.focus();
  await page.keyboard.press("y");
  await pair.waitFor({ state: "detached" });
  await page.goto(`${origin}/resources?municipality=all&words=${encodeURIComponent("架空あおぞら会")}`);
  await page.getByText("配食").first().waitFor();
  await page.getByRole("link", { name: "架空あおぞら会" }).click();
  await page.locator("#joined").getByRole("button", { name: "まとめるのをやめて分ける" }).click();
  await expectSound(watched);
  await page.getByRole("dialog").getByRole("button", { name: "まとめるのをやめて分ける" }).click();
  await page.locator("#joined").waitFor({ state: "detached" });
  await page.goto(`${origin}/corporations`);
  await page.getByRole("heading", { name: "法人", level: 1 }).waitFor();
  await expectSound(watched);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1400);
  await watched.context.close();
});

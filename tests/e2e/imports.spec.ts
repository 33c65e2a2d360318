// SPDX-License-Identifier: Apache-2.0
// The first day at a desk: its logs of former years come in from a CSV of Windows and from a workbook with two lines of
// header, every bad line is told, and a whole import goes again. What is no plain workbook is refused in words.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const folder = mkdtempSync(join(tmpdir(), "tsunagi-logs-"));
execFileSync("python3", [join(import.meta.dirname, "make_log_files.py"), folder]);

async function choose(page: Page, name: string): Promise<void> {
  await page.goto(`${origin}/imports`);
  await page.getByRole("heading", { name: "過去の記録を取り込む", level: 1 }).waitFor();
  await page.locator("#import-file").setInputFiles(join(folder, name));
  await page.waitForURL(/\/imports\/[0-9a-f-]{36}$/);
}

async function count(page: Page, words: string): Promise<number> {
  const answer = await page.request.get(`${origin}/api/consultations?words=${encodeURIComponent(words)}`);
  return ((await answer.json()) as { total: number }).total;
}

test("a CSV of Windows: guessed, checked, corrected, taken, undone", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/imports");
  await page.getByText("まだ何も取り込んでいません").waitFor();
  await expectSound(watched);
  await choose(page, "相談記録R6.csv");

  // Columns are guessed from the header, words from the labels; one word nobody knows.
  await page.locator("#words").getByText("よろず屋").waitFor();
  expect(await page.getByLabel("「受付日」の読み方").inputValue()).toBe("received_on");
  expect(await page.getByLabel("「対象者氏名」の読み方").inputValue()).toBe("person_name");
  await page.locator("#look").getByText("取り込みの相談0").waitFor();
  await expectSound(watched);
  await page.getByLabel("この読み方の名前").fill("旧様式の記録");

  // Two columns for one field that holds one thing: told at both, and nothing is read.
  await page.getByLabel("「所属」の読み方").selectOption("method");
  await page.getByRole("button", { name: "すべての行を確かめる" }).click();
  await page.locator("#f-column-2-error").getByText("「相談方法」の列も同じ欄にしています").waitFor();
  await page.locator("#f-column-4-error").getByText("「所属」の列も同じ欄にしています").waitFor();
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-column-2");
  await expectSound(watched);
  await page.getByLabel("「所属」の読み方").selectOption("caller_affiliation");
  await page.locator("#f-column-2-error").waitFor({ state: "detached" });

  await page.getByRole("button", { name: "すべての行を確かめる" }).click();
  const result = page.locator(".check-result");
  await result.getByText("日付として読めません").waitFor();
  expect(await result.locator(".figures li").allInnerTexts()).toEqual(["12 取り込める行", "2 取り込めない行", "0 すでにある行"]);

  // The bad lines as a file.
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "取り込めない行をCSVで保存" }).click()]);
  const file = readFileSync((await download.path())!, "utf8");
  expect(file).toContain("令和6年13月1日");
  expect(file.trim().split("\r\n")).toHaveLength(3);

  // The unknown word gets its code, and one more line is good.
  await page.getByLabel("「よろず屋」の読み方").selectOption("other");
  await page.getByText("読み方を変えました").waitFor();
  await page.getByRole("button", { name: "もう一度確かめる" }).click();
  await page.getByRole("button", { name: "13件を取り込む" }).click();
  await page.getByRole("heading", { name: "13件を取り込みました" }).waitFor({ timeout: 60_000 });
  await expectSound(watched);
  expect(await count(page, "取り込みの相談")).toBe(12);

  // The same file once more is told, and its lines are there already.
  await choose(page, "相談記録R6.csv");
  await page.getByText("まったく同じファイルを").waitFor();
  await page.getByText("「旧様式の記録」の読み方を当てました").waitFor();
  await page.getByRole("button", { name: "すべての行を確かめる" }).click();
  await page.locator(".figures").getByText("すでにある行").waitFor();
  expect((await page.locator(".figures li").allInnerTexts())[2]).toBe("13 すでにある行");
  await page.getByRole("button", { name: "やめて消す" }).click();

  // The way of reading gets another name, and goes.
  const kept = page.locator("#mappings");
  await kept.getByRole("button", { name: "名前を変える 旧様式の記録" }).click();
  await page.getByRole("dialog").getByLabel("この読み方の名前").fill("");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByRole("dialog").getByText("書いてください。").waitFor();
  // Somebody else is first: what was written stays, and goes through when it is sent once more.
  const { csrf_token } = (await (await page.request.get(`${origin}/api/session`)).json()) as { csrf_token: string };
  const { items } = (await (await page.request.get(`${origin}/api/import-mappings`)).json()) as { items: { id: string; name: string; version: number }[] };
  const mapping = items.find((one) => one.name === "旧様式の記録")!;
  const first = await page.request.put(`${origin}/api/import-mappings/${mapping.id}`, { headers: { "X-CSRF-Token": csrf_token, "If-Match": `"${mapping.version}"` }, data: { name: "昔の様式" } });
  expect(first.status()).toBe(200);
  await page.getByRole("dialog").getByLabel("この読み方の名前").fill("令和6年度の様式");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByText("ほかの人が先に書き直しました").waitFor();
  await page.getByRole("heading", { name: "「昔の様式」の名前を変える" }).waitFor();
  expect(await page.getByRole("dialog").getByLabel("この読み方の名前").inputValue()).toBe("令和6年度の様式");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await kept.getByRole("rowheader", { name: "令和6年度の様式" }).waitFor();
  await expectSound(watched);
  await kept.getByRole("button", { name: "消す 令和6年度の様式" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "消す" }).click();
  await kept.waitFor({ state: "detached" });

  // All of it goes again.
  await page.getByRole("button", { name: "取り消す 相談記録R6.csv" }).click();
  await page.getByRole("button", { name: "全部取り消す" }).click();
  await page.getByText("取り消し済み").waitFor({ timeout: 60_000 });
  expect(await count(page, "取り込みの相談")).toBe(0);
});

test("a workbook with two lines of header below a title, on a phone", { timeout: 240_000 }, async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  await signIn(page, "center", "/imports");
  await choose(page, "記録簿.xlsx");
  await page.locator("#look").getByText("表の相談1").waitFor();
  expect(await page.getByLabel("「氏名」の読み方").inputValue()).toBe("caller_name");
  expect(await page.getByLabel("「看取り」の読み方").inputValue()).toBe("scenes=end_of_life");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "すべての行を確かめる" }).click();
  await page.getByRole("button", { name: "3件を取り込む" }).click();
  await page.getByRole("heading", { name: "3件を取り込みました" }).waitFor({ timeout: 60_000 });
  const rows = (await (await page.request.get(`${origin}/api/consultations?words=${encodeURIComponent("表の相談2")}`)).json()) as { items: { received_on: string; state: string }[] };
  expect(rows.items[0]).toMatchObject({ received_on: "2024-04-01", state: "closed" });
  await expectSound(watched);
});

test("what is no plain workbook is refused in words", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/imports");
  await choose(page, "マクロ.xlsx");
  await page.getByText("マクロが入っています").waitFor();
  await choose(page, "暗号.xlsx");
  await page.getByText("パスワードで保護されています").waitFor();
  await expectSound(watched);
});

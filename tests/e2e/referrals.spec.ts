// SPDX-License-Identifier: Apache-2.0
// Somebody is looked for on behalf of a case, asked, and answers without an account in another browser; what was refused
// is counted and becomes an issue.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser, takeCall } from "./browser";

afterAll(stopBrowser);

test("from the case to the answer of somebody without an account", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await takeCall(page, "打診の通し試験");
  const about = new URL(page.url()).pathname;

  // What is looked for; the keyboard saves.
  await page.getByRole("link", { name: "紹介先を探す" }).click();
  await page.getByRole("heading", { level: 1, name: "紹介先を探す" }).waitFor();
  await page.locator("#f-service").fill("訪問看護");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("checkbox", { name: "人工呼吸器" }).check();
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/matches\/[0-9a-f-]{36}$/);
  const match = new URL(page.url()).pathname;

  // Candidates: those that are known to handle it come first.
  await page.locator(".candidates > li").first().getByText("処置 合う").waitFor();
  await page.locator(".candidates > li").filter({ hasText: "訪問看護ステーションみなもと" }).getByText("処置 合う").waitFor();
  await page.locator(".candidates > li").filter({ hasText: "訪問看護ステーションあしはら" }).getByText("処置 不明").waitFor();
  await expectSound(watched);
  await page.getByRole("checkbox", { name: "訪問看護ステーションみなもと を選ぶ" }).check();
  await page.getByRole("checkbox", { name: "訪問看護ステーションあしはら を選ぶ" }).check();
  await press(page, "選んだ所に打診する");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("伝えたいこと").fill("週に2回お願いできるか、お伺いします。");
  await dialog.getByRole("checkbox", { name: "年齢層" }).check();
  await dialog.getByLabel("本人の呼び方").fill("A.K.様");
  await dialog.getByRole("checkbox", { name: /もう伝えた/ }).check();
  await expectSound(watched);
  await dialog.getByRole("button", { name: "打診を登録する" }).click();
  await page.locator("#asks").getByRole("link", { name: "訪問看護ステーションあしはら" }).waitFor();

  // A refusal without its reason is not taken.
  await page.locator("#asks").getByRole("link", { name: "訪問看護ステーションあしはら" }).click();
  await page.getByRole("heading", { level: 1, name: "訪問看護ステーションあしはら" }).waitFor();
  await press(page, "回答を書く");
  await dialog.getByRole("radio", { name: "不可" }).check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("書いてください。").first().waitFor();
  await dialog.getByRole("radio", { name: "人手不足" }).check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.locator("#answer").getByText("人手不足").waitFor();
  await expectSound(watched);

  // The paper for the other one, with a page on which it can answer.
  await page.goto(origin + match);
  await page.locator("#asks").getByRole("link", { name: "訪問看護ステーションみなもと" }).click();
  await page.getByRole("heading", { level: 1, name: "訪問看護ステーションみなもと" }).waitFor();
  const ask = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "FAX票を作る" }).click();
  await page.getByText("受け入れのお伺い").first().waitFor();
  const sheet = page.locator(".sheet-page");
  expect(await sheet.innerText()).toContain("A.K.様");
  expect(await sheet.innerText()).not.toContain("架空 太郎");
  await press(page, "回答ページの案内を付ける");
  await sheet.getByText("お電話でお知らせします").waitFor();
  const address = (await sheet.locator(".address").innerText()).trim();
  const code = (await page.locator(".paper-form .reply-code").innerText()).trim();
  expect(address.startsWith(`${origin}/answer/`)).toBe(true);
  expect(code).toMatch(/^\d{4}-\d{4}$/);
  expect(await sheet.innerText()).not.toContain(code);
  await expectSound(watched);

  // What was told stays as it was; what has changed since is named, until it is told again.
  await page.goto(`${origin}${match}/edit`);
  await page.locator("#f-hours").fill("午前の早い時間");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/matches\/[0-9a-f-]{36}$/);
  await page.goto(origin + ask);
  await page.locator("#was-told").getByText("伝えたあとに変わったところがあります: 時間").waitFor();
  expect(await page.locator("#was-told .kv").first().innerText()).not.toContain("午前の早い時間");
  await expectSound(watched);
  await page.getByRole("link", { name: "伝えたときの内容で印刷する" }).click();
  await page.getByText("が伝えたときの内容です").waitFor();
  expect(await sheet.innerText()).not.toContain("午前の早い時間");
  await expectSound(watched);
  await page.goto(origin + ask);
  await press(page, "いまの内容で伝え直したと書く");
  await page.locator("#was-told .kv").first().getByText("午前の早い時間").waitFor();
  await page.locator("#was-told").getByText("伝えたあとに変わったところがあります").waitFor({ state: "detached" });

  // In another browser, on a phone, without an account.
  const outside = await openPage({ width: 390, height: 844 });
  await outside.page.goto(address);
  await outside.page.getByLabel("合言葉").fill("0000-0000");
  await outside.page.keyboard.press("Enter");
  await outside.page.getByText("このページは開けません").waitFor();
  await expectSound(outside);
  await outside.page.waitForTimeout(2_500); // a wrong code closes the page for two seconds
  await outside.page.getByLabel("合言葉").fill(code.replace("-", " "));
  await outside.page.keyboard.press("Enter");
  await outside.page.getByRole("heading", { name: "訪問看護の受け入れのお伺い" }).waitFor();
  const shown = await outside.page.locator("main").innerText();
  expect(shown).toContain("週に2回お願いできるか");
  expect(shown).toContain("A.K.様");
  expect(shown).not.toContain("打診の通し試験");
  expect(shown, "the page is what it was issued as").not.toContain("午前の早い時間");
  await expectSound(outside);
  expect(await outside.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), "nothing stands out on a phone").toBe(true);
  await outside.page.getByRole("radio", { name: "条件つきで受けられる" }).check();
  await outside.page.getByRole("button", { name: "回答を送る" }).click();
  await outside.page.getByText("書いてください。").first().waitFor();
  await outside.page.getByRole("textbox", { name: /^条件/ }).fill("月曜の午前だけ");
  await outside.page.getByLabel("お名前").fill("管理者 架空");
  await outside.page.getByRole("button", { name: "回答を送る" }).click();
  await outside.page.getByText("回答を受け取りました").waitFor();
  await expectSound(outside);
  await outside.page.reload();
  await outside.page.getByLabel("合言葉").fill(code);
  await outside.page.keyboard.press("Enter");
  await outside.page.getByText("回答をいただいています").waitFor();
  const given = await outside.page.locator("main").innerText();
  expect(given).toContain("月曜の午前だけ");
  expect(given, "of the person nothing any more").not.toContain("A.K.様");
  expect(await outside.page.getByRole("button", { name: "回答を送る" }).count()).toBe(0);
  await outside.context.close();

  // The start of the day tells of it, and leads there.
  await page.goto(`${origin}/?scope=mine`);
  const waiting = page.locator(".answers li").filter({ hasText: "打診の通し試験" });
  await waiting.getByText("条件つきで可").waitFor();
  expect(await waiting.innerText(), "a refusal leaves nothing to decide").not.toContain("あしはら");
  await expectSound(watched);
  await waiting.getByRole("link", { name: /訪問看護ステーションみなもと/ }).click();
  await page.waitForURL(origin + ask);

  // The desk sees it, notes what came of it, and how it goes.
  await page.locator("#answer").getByText("月曜の午前だけ").waitFor();
  await page.getByText("回答ページから").waitFor();
  await press(page, "結果を書く");
  await dialog.getByRole("radio", { name: "利用開始" }).check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.locator("#outcome").getByText("利用開始").waitFor();
  await press(page, "ひとつ前に戻す");
  await page.getByText("まだ結果を書いていません。").waitFor();
  await press(page, "結果を書く");
  await dialog.getByRole("radio", { name: "利用開始" }).check();
  await dialog.getByRole("button", { name: "保存" }).click();
  await press(page, "その後を書く");
  await dialog.getByLabel("その後の様子").fill("週1回で続いている");
  await dialog.getByRole("button", { name: "保存" }).click();
  await page.locator("#outcome").getByText("週1回で続いている").waitFor();
  await expectSound(watched);

  // The case leads to it and back.
  await page.goto(origin + about);
  await page.locator("#matches").getByRole("link", { name: "訪問看護ステーションみなもと" }).waitFor();
  await page.locator("#thread").getByText("不可 人手不足").waitFor();
  await page.locator("#thread").getByRole("link", { name: "訪問看護ステーションみなもと" }).waitFor();
  await expectSound(watched);

  // Decided, it waits no longer.
  await page.goto(`${origin}/?scope=mine`);
  await page.locator(".board").waitFor();
  expect(await page.locator(".answers li").filter({ hasText: "打診の通し試験" }).count()).toBe(0);
  await watched.context.close();
});

test("the board, and what is missing becomes an issue", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/referrals?desk=all");
  await page.getByRole("heading", { level: 1, name: "紹介・打診" }).waitFor();
  await page.getByRole("link", { name: /返事の期日が過ぎた/ }).click();
  await page.getByText("返事待ち").first().waitFor();
  await expectSound(watched);

  await page.goto(`${origin}/gaps?desk=all`);
  await page.getByRole("heading", { level: 1, name: "足りない資源" }).waitFor();
  const row = page.locator(".gaps-t tbody tr").filter({ hasText: "介護医療院" });
  await row.waitFor();
  await row.getByRole("button").first().click();
  await page.locator("#cases-h").waitFor();
  await expectSound(watched);
  await page.getByRole("link", { name: /件から地域課題にする/ }).click();
  await page.waitForURL(/\/issues\/new\?from=/);
  await page.getByText("R8-0331").first().waitFor();
  await watched.context.close();
});

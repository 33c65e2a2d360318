// SPDX-License-Identifier: Apache-2.0
// What is known of a place is confirmed with one key, asked for on paper, corrected by the place without an account in
// another browser, and decided field by field; a vacancy is told by phone and by the place itself.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const place = "汐見中央病院";

test("from what is due to a correction that somebody approved", { timeout: 300_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/confirmations");
  await page.getByRole("heading", { level: 1, name: "確認が必要な地域資源" }).waitFor();
  await expectSound(watched);

  // One key says that nothing changed, and the notice takes it back.
  await page.goto(`${origin}/confirmations?words=${encodeURIComponent("潮見橋病院")}`);
  const row = page.getByRole("row").filter({ hasText: "潮見橋病院" });
  await row.getByText("確認したことがない").waitFor();
  await row.focus();
  await page.keyboard.press("k");
  await page.getByText("潮見橋病院を、今日確認したことにしました。").waitFor();
  await row.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "元に戻す" }).click();
  await page.getByText("確認を取り消しました。").waitFor();
  await row.waitFor();

  // A place is picked with the keyboard and asked by FAX; the paper has the card, room beside it and the code.
  await row.focus();
  await page.keyboard.press("s");
  await press(page, "選んだ1か所に確認をお願いする");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("伝えること").fill("年に一度の確認です。");
  await expectSound(watched);
  await dialog.getByRole("button", { name: "お願いを作る" }).click();
  await page.getByText("掲載内容の確認のお願い").first().waitFor();
  const sheet = page.locator(".sheet-page");
  expect(await sheet.innerText()).toContain("年に一度の確認です。");
  const code = (await sheet.locator(".big-code").innerText()).trim();
  expect(code).toMatch(/^\d{3}-\d{4}$/);
  await press(page, "回答ページの案内を付ける");
  await sheet.getByText("お電話でお知らせします").waitFor();
  const address = (await sheet.locator(".address").innerText()).trim();
  const opener = (await page.locator(".page-codes .page-code").innerText()).trim();
  expect(await sheet.innerText()).not.toContain(opener);
  await expectSound(watched);

  // In another browser, on a phone, without an account: the own card is corrected, once.
  const outside = await openPage({ width: 390, height: 844 });
  await outside.page.goto(address);
  await outside.page.getByLabel("合言葉").fill(opener);
  await outside.page.keyboard.press("Enter");
  await outside.page.getByRole("heading", { name: "潮見橋病院の掲載内容の確認" }).waitFor();
  await expectSound(outside);
  expect(await outside.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), "nothing stands out on a phone").toBe(true);
  await outside.page.getByRole("button", { name: "送る" }).click();
  await outside.page.getByText("選んでください。").first().waitFor();
  await outside.page.getByRole("radio", { name: "直すところがあります" }).check();
  await outside.page.getByLabel("対応する曜日・時間").fill("平日9時から17時(架空)");
  await outside.page.getByLabel("メール").fill("renkei@example.jp");
  await outside.page.getByLabel("答えた人").fill("連携室 架空");
  await expectSound(outside);
  await outside.page.getByRole("button", { name: "送る" }).click();
  await outside.page.getByText("ありがとうございました。受け取りました。").waitFor();
  await expectSound(outside);
  await outside.context.close();

  // The code of the paper finds the request; each field is decided.
  await page.goto(`${origin}/confirmations/requests`);
  await page.getByRole("textbox", { name: "返信番号で探す" }).fill("123-4567");
  await page.getByRole("button", { name: "探す", exact: true }).first().click();
  // Asked again at once, before the first answer may be there: the last question counts.
  await page.getByRole("textbox", { name: "返信番号で探す" }).fill(code);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "潮見橋病院" }).waitFor();
  await page.getByText("回答ページから").first().waitFor();
  await expectSound(watched);
  await press(page, "判断を保存する");
  await page.getByText("選んでください。").first().waitFor();
  const hours = page.locator(".decide-t tr").filter({ hasText: "対応する曜日・時間" });
  await hours.getByRole("radio", { name: "反映する" }).check();
  await page.locator(".decide-t tr").filter({ hasText: "メール" }).getByRole("radio", { name: "見送る" }).check();
  await page.getByLabel("理由").fill("個人のアドレスのため");
  await press(page, "判断を保存する");
  await page.getByText("反映した").first().waitFor();
  await expectSound(watched);

  // The place shows what was taken over, and that alone.
  await page.getByRole("link", { name: "潮見橋病院" }).first().click();
  await page.locator("#local").getByText("平日9時から17時(架空)").waitFor();
  expect(await page.locator("#local").innerText()).not.toContain("renkei@example.jp");
  await page.locator("#freshness").getByText("今日").first().waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("a round asks many at once and shows how far it has come", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/confirmations/rounds");
  await page.getByRole("link", { name: "通所・施設の確認(架空)" }).click();
  await page.getByRole("heading", { level: 1, name: "通所・施設の確認(架空)" }).waitFor();
  await page.getByText("返事を待っている所").first().waitFor();
  await expectSound(watched);
  await page.goto(`${origin}/confirmations/rounds/new`);
  await page.getByLabel("調査の名前").fill("通しの調査(架空)");
  await page.locator("#f-places").getByText("確認したことがない").waitFor();
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { level: 1, name: "通しの調査(架空)" }).waitFor();
  await press(page, "名前・期日・終了を変える");
  await page.getByRole("dialog").getByLabel("この調査を終える").check();
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByText("終了").first().waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("a vacancy is told by phone with one key, and by the place on its own page", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/vacancies?sort=name");
  await page.getByRole("heading", { level: 1, name: "空き情報" }).waitFor();
  await expectSound(watched);
  const row = page.getByRole("row").filter({ hasText: place });
  await page.goto(`${origin}/vacancies?sort=name&words=${encodeURIComponent(place)}`);
  await row.first().focus();
  await page.keyboard.press("1");
  await page.getByText(`${place}の空き情報を書きました。`).waitFor();
  await row.first().getByText("すぐ可").waitFor();
  await page.getByRole("button", { name: "元に戻す" }).click();
  await row.first().getByText("情報なし").waitFor();
  await row.first().focus();
  await page.keyboard.press("2");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await page.getByRole("dialog").getByText("書いてください。").first().waitFor();
  await page.getByRole("dialog").getByLabel(/^条件・補足/).fill("個室のみ");
  await expectSound(watched);
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await row.first().getByText("条件つき").first().waitFor();
  await row.first().getByRole("link").first().click();
  await page.locator("#history").getByText("個室のみ").waitFor();
  await expectSound(watched);

  await press(page, "ページを発行する");
  const address = (await page.locator(".page-address").innerText()).trim();
  const code = (await page.locator("#page .page-code").innerText()).trim();
  const outside = await openPage({ width: 390, height: 844 });
  await outside.page.goto(address);
  await outside.page.getByLabel("合言葉").fill(code);
  await outside.page.keyboard.press("Enter");
  await outside.page.getByRole("heading", { name: `${place}の空き情報` }).waitFor();
  await expectSound(outside);
  await outside.page.getByRole("radio", { name: "受けられない" }).check();
  await outside.page.getByRole("button", { name: "知らせる" }).click();
  await outside.page.getByText("ありがとうございました。").waitFor();
  await outside.page.getByRole("button", { name: "書き換える" }).click();
  await outside.page.getByRole("radio", { name: "すぐ受けられる" }).check();
  await outside.page.getByRole("button", { name: "知らせる" }).click();
  await outside.page.getByText("すぐ可").waitFor();
  await outside.page.getByRole("button", { name: "書き換える" }).waitFor();
  await expectSound(outside);
  await outside.context.close();

  await page.reload();
  await page.locator("#history").getByText("回答ページ").first().waitFor();
  await press(page, "ページを閉じる");
  await page.getByText("取り下げました。").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// A discharge from the call about it to the day after: begun from a case, its papers ticked off, a form filled in and
// renewed, the person discharged and re-admitted, the figures opened; and the holidays that deadlines are counted without.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser, takeCall } from "./browser";

afterAll(stopBrowser);

const subject = "退院の通しの試験";

test("from a case to a re-admission", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await takeCall(page, subject);
  const caseUrl = page.url();
  await page.locator("#discharges").getByText("この相談の退院調整はまだありません").waitFor();
  await page.locator("#discharges").getByRole("link", { name: "退院調整を始める" }).click();
  await page.getByRole("heading", { name: "退院調整を始める", level: 1 }).waitFor();
  expect(await page.locator("#f-subject").inputValue(), "the subject of the case is taken over").toBe(subject);

  // What is missing is said beside its field and at the top.
  await page.keyboard.press("Control+Enter");
  await page.getByText("直すところが1か所あります").waitFor();
  await page.locator("#f-hospital").fill("汐見中央");
  await page.getByRole("option", { name: /汐見中央病院/ }).click();
  expect(await page.locator("#f-hospital").inputValue()).toBe("汐見中央病院");
  await page.locator("#f-ward").fill("3階東");
  await page.locator("#f-admitted_on").fill("R8.11.2");
  await page.locator("#f-planned_on").fill("R8.11.27");
  await page.locator("#f-planned_on").blur();
  // The due day follows: the third day of the stay is a holiday's eve, so it is counted without days off.
  await page.getByRole("group", { name: "入院時情報提供書" }).getByText("令和8年11月4日").waitFor();
  await press(page, "関係者を足す");
  await page.locator("#f-parties-0-affiliation").fill("架空相談室");
  await page.locator("#f-parties-0-name").fill("架空 花子");
  await page.locator("#f-wishes").fill("家に帰りたい");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/discharges\/[0-9a-f-]{36}$/);
  const dischargeUrl = page.url();
  await page.getByRole("heading", { name: subject, level: 1 }).waitFor();
  await page.locator("#papers").getByText("13日超過").waitFor();
  await expectSound(watched);

  // One press says that the paper came.
  await page.getByRole("button", { name: "入院時情報提供書が今日届いた" }).click();
  await page.locator("#papers").getByText("期限のあと").waitFor();

  // The board of this week and the next ones shows it.
  await page.goto(`${origin}/discharges?desk=all`);
  await page.locator(".week").getByRole("link", { name: subject }).waitFor();
  await expectSound(watched);

  // The emergency sheet: filled in, renewed, the earlier version still there.
  await page.goto(dischargeUrl);
  await page.getByRole("link", { name: "救急連携シートを書く" }).click();
  await page.getByRole("heading", { name: "救急連携シート", level: 1 }).waitFor();
  expect(await page.locator("#f-hospital").inputValue(), "what is known stands there").toBe("汐見中央病院");
  await page.locator("#f-name").fill("架空 太郎");
  await page.locator("#f-allergy").fill("なし");
  await press(page, "ここまで保存する");
  await page.getByText("保存済み 第1版").waitFor();
  await expectSound(watched);
  await page.locator("#f-allergy").fill("ペニシリン");
  await page.keyboard.press("Control+Enter");
  await page.getByText("保存済み 第2版").waitFor();
  await press(page, "保存して印刷の形を見る");
  await page.waitForURL(/\/discharge-forms\/[0-9a-f-]{36}$/);
  // What stands in it is opened for a reason only, and once for this case.
  await page.locator("#f-form-reason").waitFor();
  expect(await page.locator(".form-paper").count()).toBe(0);
  await expectSound(watched);
  await press(page, "様式を開く");
  await page.locator("#f-form-reason-error, [aria-invalid=true]").first().waitFor();
  await page.locator("#f-form-reason").fill("救急隊に渡すため");
  await press(page, "様式を開く");
  await page.locator(".form-paper").getByText("ペニシリン").waitFor();
  await press(page, "前の版を見る");
  await page.getByRole("combobox", { name: "版" }).selectOption("1");
  await page.getByText("前の版を見ています。").waitFor();
  await page.locator(".form-paper dd", { hasText: /^なし$/ }).first().waitFor();
  await expectSound(watched);

  // Decided and discharged: the state follows the days.
  await page.goto(dischargeUrl);
  await page.getByRole("link", { name: "書き直す", exact: true }).first().click();
  await page.locator("#f-decided_on").fill("R8.11.10");
  await page.locator("#f-left_on").fill("R8.11.13");
  await page.locator("#f-destination").selectOption("home");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(dischargeUrl);
  await page.locator(".crumb").getByText("退院済み").waitFor();
  await press(page, "退院調整を終える");
  await page.getByText("まだ届いていない書類・会議が").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "退院調整を終える" }).click();
  await page.locator(".crumb").getByText("完了").waitFor();

  // Back in hospital: a new coordination that knows the old one.
  await page.getByRole("link", { name: "再入院を登録する" }).click();
  await page.locator("#f-admitted_on").fill("R8.11.16");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL((url) => /\/discharges\/[0-9a-f-]{36}$/.test(url.pathname) && url.toString() !== dischargeUrl);
  await page.getByRole("link", { name: "前の退院調整を開く" }).click();
  await page.waitForURL(dischargeUrl);
  await page.locator(".crumb").getByText("再入院").waitFor();
  await page.getByRole("link", { name: "履歴・版をくらべる" }).click();
  await page.getByRole("heading", { name: "版の比較" }).waitFor();
  await expectSound(watched);

  // The figures lead to what they count, the case leads to both.
  await page.goto(`${origin}/discharges/figures?by=hospital&desk=all`);
  await page.getByRole("row", { name: /汐見中央病院/ }).getByRole("link").first().click();
  await page.getByRole("link", { name: subject }).first().waitFor();
  await expectSound(watched);
  await page.goto(caseUrl);
  await page.locator("#discharges li").nth(1).waitFor();
  expect(await page.locator("#discharges li").count()).toBe(2);
  await page.locator("#thread").getByText("退院調整").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("two people at one form both keep their words", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  const made = await page.evaluate(async () => {
    const { csrf_token: token } = (await (await fetch("/api/session")).json()) as { csrf_token: string };
    const post = async (path: string, body: unknown) => (await (await fetch(path, { method: "POST", headers: { "Content-Type": "application/json", "X-CSRF-Token": token }, body: JSON.stringify(body) })).json()) as { id: string };
    const discharge = await post("/api/discharges", { text: { subject: "二人の試験", hospital: "架空病院" } });
    const form = await post("/api/discharge-forms", { form: "emergency_sheet", discharge_id: discharge.id, text: { written_on: "2026-11-17", answers: [{ field: "name", text: "架空 次郎" }] } });
    return { discharge: discharge.id, form: form.id, token };
  });
  await page.goto(`${origin}/discharge-forms/${made.form}/edit`);
  await page.locator("#f-form-reason").fill("書き直すため");
  await press(page, "様式を開く");
  await page.locator("#f-pets").fill("犬が一匹");
  await page.evaluate(async ({ form, token }) => {
    await fetch(`/api/discharge-forms/${form}`, { method: "PUT", headers: { "Content-Type": "application/json", "X-CSRF-Token": token, "If-Match": '"1"' }, body: JSON.stringify({ text: { written_on: "2026-11-17", answers: [{ field: "name", text: "架空 次郎" }, { field: "entry", text: "鍵は管理人" }] } }) });
  }, made);
  await page.keyboard.press("Control+Enter");
  await page.getByText("ほかの人が先に保存しました").waitFor();
  expect(await page.locator("#f-entry").inputValue()).toBe("鍵は管理人");
  expect(await page.locator("#f-pets").inputValue()).toBe("犬が一匹");
  await page.keyboard.press("Control+Enter");
  await page.getByText("保存済み 第3版").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("holidays of the next year come from the published file", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "admin", "/admin/holidays");
  await page.getByRole("heading", { name: "祝日", level: 1 }).waitFor();
  await expectSound(watched);
  const folder = mkdtempSync(join(tmpdir(), "tsunagi-holidays-"));
  const wrong = join(folder, "wrong.csv");
  writeFileSync(wrong, "国民の祝日・休日月日,国民の祝日・休日名称\r\n2029/2/30,架空の日\r\n");
  await page.locator("#f-holidays").setInputFiles(wrong);
  await page.getByText("2行目: 日付ではありません(2029/2/30)").waitFor();
  const right = join(folder, "syukujitsu.csv");
  writeFileSync(right, "国民の祝日・休日月日,国民の祝日・休日名称\r\n2029/1/1,元日\r\n2029/1/8,成人の日\r\n");
  await page.locator("#f-holidays").setInputFiles(right);
  await page.getByText("新しく入るもの 2件").waitFor();
  await expectSound(watched);
  await press(page, "この内容で取り込む");
  await page.getByText("読み込みました。2029年まで入っています。").first().waitFor();
  await page.getByText("公表のファイルから 2日").waitFor();
  await expectSound(watched);
  await page.getByRole("button", { name: "取り消す syukujitsu.csv" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取り消す" }).click();
  await page.getByText("公表のファイルから 2日").waitFor({ state: "detached" });
  await expectSound(watched);
  await watched.context.close();
});

test("an indicator counts missed hand-overs by itself and opens the discharges behind", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/discharges/figures?by=fiscal_year");
  await page.getByRole("heading", { name: "退院調整の日数と引き継ぎ", level: 1 }).waitFor();
  await page.locator(".figures-t").waitFor();
  await expectSound(watched);
  await page.getByRole("link", { name: "自動で数える指標を作る" }).click();
  await page.getByRole("heading", { name: "新しい指標", level: 1 }).waitFor();
  expect(await page.locator("#f-unit").inputValue()).toBe("%");
  await page.locator("#f-figure").selectOption("missed_handovers");
  await page.locator("#f-name").fill("引き継ぎもれの数(通し)");
  await page.locator("#f-unit").fill("件");
  await page.locator("#f-period").selectOption("month");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.getByRole("heading", { name: "引き継ぎもれの数(通し)", level: 1 }).waitFor();
  const series = page.locator("#series");
  await series.getByText("自動", { exact: true }).first().waitFor();
  await expectSound(watched);
  const behind = series.getByRole("link", { name: /にあたる退院調整を開く$/ }).last();
  expect(Number((await behind.innerText()).replace("件", ""))).toBeGreaterThan(0);
  await behind.click();
  await page.waitForURL(/\/discharges\/list\?.*missed=/);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await expectSound(watched);
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// What is done after a call, with the keyboard alone: an entry in the timeline, the next step, ticking it off, correcting
// and withdrawing; a register; the papers of the weekly conference as the desk and as the advisor see them.
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

/** Tab until the field of that label has the focus. */
async function tabTo(page: Page, label: RegExp, most = 40) {
  for (let i = 0; i < most; i += 1) {
    const name = (await page.evaluate(
      "document.activeElement?.labels?.[0]?.innerText || document.activeElement?.closest('fieldset')?.querySelector('legend')?.innerText || document.activeElement?.innerText || ''",
    )) as string;
    if (label.test(name)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no field ${label} within ${most} tabs`);
}

test("an entry in seconds: one key opens the form, a number chooses, Ctrl+Enter records", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations?fiscal_year=2026&state=open");
  await page.locator("tbody tr").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "活動の記録" }).waitFor();

  await page.keyboard.press("a");
  const form = page.getByRole("form", { name: "活動を書く" });
  await form.waitFor();
  await expectSound(watched);
  await expect.poll(() => page.evaluate("document.activeElement?.type")).toBe("radio");
  await page.keyboard.press("2");
  expect(await form.getByRole("radio", { name: /FAX/ }).isChecked()).toBe(true);
  // Ctrl+Enter says what is missing.
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").first().waitFor();
  await form.getByRole("radio", { name: /FAX/ }).focus();
  await tabTo(page, /話したこと・したこと/);
  await page.keyboard.type("診療情報をFAXで送った。");
  await tabTo(page, /かけた時間/);
  await page.keyboard.type("12");
  await tabTo(page, /結果/);
  await page.keyboard.type("受け取りの電話があった。");
  await tabTo(page, /次の期限/);
  await page.keyboard.type("11/24");
  await tabTo(page, /次にすること/);
  await page.keyboard.type("返事を聞く(試験)");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const entry = page.locator(".timeline > li").filter({ hasText: "診療情報をFAXで送った。" });
  await entry.waitFor();
  expect(await entry.innerText()).toMatch(/12分/);
  expect(await entry.innerText()).toMatch(/髙田 恵が/);
  const todo = page.locator("#follow-ups");
  await todo.getByRole("listitem").filter({ hasText: "返事を聞く(試験)" }).first().waitFor();
  await expectSound(watched);

  // Ticked off, and open again.
  await todo.getByRole("button", { name: "済み 返事を聞く(試験)" }).focus();
  await page.keyboard.press("Enter");
  await todo.getByText(/済んだこと/).waitFor();
  await todo.getByText(/済んだこと/).focus();
  await page.keyboard.press("Enter");
  await todo.getByRole("button", { name: "まだに戻す 返事を聞く(試験)" }).waitFor();

  // Another one with its own key.
  await page.keyboard.press("f");
  const dialog = page.getByRole("dialog", { name: "することを足す" });
  await dialog.waitFor();
  await expectSound(watched);
  await dialog.getByLabel("期限").focus();
  await page.keyboard.type("11/25");
  await page.keyboard.press("Tab");
  await page.keyboard.type("家族に電話(試験)");
  await page.keyboard.press("Control+Enter");
  await dialog.waitFor({ state: "detached" });
  await todo.getByRole("listitem").filter({ hasText: "家族に電話(試験)" }).first().waitFor();

  // Corrected: both texts are kept. Withdrawn: it stays with its reason and is not counted.
  await entry.getByRole("button", { name: /^直す/ }).focus();
  await page.keyboard.press("Enter");
  const correcting = page.getByRole("form", { name: "直す" });
  await correcting.getByLabel("かけた時間").fill("20");
  await page.keyboard.press("Control+Enter");
  await correcting.waitFor({ state: "detached" });
  await entry.getByRole("button", { name: /^第2版/ }).focus();
  await page.keyboard.press("Enter");
  const versions = page.getByRole("dialog", { name: /書き直し/ });
  await expect.poll(() => versions.innerText()).toMatch(/12分[^]*20分/);
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await versions.waitFor({ state: "detached" });
  await entry.getByRole("button", { name: /^取り消す/ }).focus();
  await page.keyboard.press("Enter");
  const withdrawing = page.getByRole("dialog", { name: /取り消しますか/ });
  await withdrawing.getByLabel("理由").fill("別の相談のこと(試験)");
  await withdrawing.getByRole("button", { name: "取り消す" }).focus();
  await page.keyboard.press("Enter");
  await withdrawing.waitFor({ state: "detached" });
  await entry.getByText("理由: 別の相談のこと(試験)").waitFor();
  expect(await entry.getAttribute("class")).toBe("withdrawn");
  await expectSound(watched);
  await watched.context.close();
});

test("a register: written without a sheet, followed by state, counted, narrowed, printed on a phone's width too", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/consultations/activities");
  await page.locator("tbody tr").first().waitFor();
  await expectSound(watched);
  const counted = () => page.locator(".sentence [role=status]").innerText();
  const before = await counted();
  await page.getByRole("link", { name: "台帳に書く" }).first().focus();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "活動を書く" });
  await form.waitFor();
  await form.getByRole("radio", { name: /スタートアップ/ }).check();
  await form.getByRole("checkbox", { name: /報酬請求/ }).check();
  await form.getByLabel(/相手の所属/).fill("試験在宅クリニック");
  await form.getByLabel("かけた時間").fill("90");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/activities\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: /スタートアップ支援の記録/ }).waitFor();
  await expectSound(watched);
  await page.keyboard.press("e");
  const correcting = page.getByRole("form", { name: "直す" });
  await correcting.getByRole("radio", { name: /完了/ }).check();
  await page.keyboard.press("Control+Enter");
  await correcting.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "支援の台帳" }).first().focus();
  await page.keyboard.press("Enter");
  await page.locator("tbody tr").first().waitFor();
  await expect.poll(async () => (await page.locator(".sentence [role=status]").first().innerText()).trim()).not.toBe(before.trim());
  await page.getByRole("searchbox", { name: /さがす/ }).last().fill("試験在宅クリニック");
  await page.keyboard.press("Enter");
  await page.waitForURL(/words=/);
  await expect.poll(() => page.locator("tbody tr").count()).toBe(1);
  expect(await page.locator(".totals").innerText()).toMatch(/1時間30分/);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectSound(watched);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await watched.context.close();
});

test("the weekly conference: the desk writes the answer down, the advisor sees no names", async () => {
  const advisor = await openPage();
  await signIn(advisor.page, "advisor", "/consultations/conference");
  await advisor.page.locator(".conference-case").first().waitFor();
  const seen = await advisor.page.locator("main").innerText();
  expect(seen).toMatch(/医師に聞きたいこと/);
  expect(seen).not.toMatch(/髙田|小﨑|説明する人/);
  await expectSound(advisor);
  await advisor.context.close();

  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/consultations/conference");
  const cases = page.locator(".conference-case");
  await cases.first().waitFor();
  const waiting = await cases.count();
  expect(waiting).toBeGreaterThanOrEqual(3);
  await expectSound(watched);
  await cases.last().getByRole("button", { name: /医師の答えを書く/ }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: /医師の答え/ });
  await dialog.getByLabel(/見立て/).fill("急ぐ所見はない。(試験)");
  await dialog.getByLabel(/方向/).fill("まず訪問を続ける。(試験)");
  await expectSound(watched);
  await dialog.getByRole("button", { name: "保存" }).focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction((before) => document.querySelectorAll(".conference-case").length === before - 1, waiting);
  await watched.context.close();
});

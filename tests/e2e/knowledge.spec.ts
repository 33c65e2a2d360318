// SPDX-License-Identifier: Apache-2.0
// A word of the field from the case where it stands to its page, into the municipality's own words and back; the list of
// what newcomers learn. With the keyboard alone.
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, pathOf, signIn, stopBrowser, takeCall } from "./browser";

afterAll(stopBrowser);

const active = (page: Page) => page.evaluate("document.activeElement.textContent") as Promise<string>;

/** Presses a key until the focus is there. */
async function goTo(page: Page, selector: string, key = "Tab", most = 120): Promise<void> {
  for (let i = 0; i < most; i++) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not lead to ${selector}`);
}

test("a word in a case is explained, led to its page, explained in one's own words, and brought back", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await takeCall(page, "特別訪問看護指示書と特別訪問看護指示書の期間");
  const marks = page.locator("#request .term");
  await expect.poll(() => marks.count()).toBe(2);
  expect(await marks.allInnerTexts()).toEqual(["特別訪問看護指示書", "特別訪問看護指示書"]);
  expect(await marks.evaluateAll((all) => all.map((mark) => (mark as HTMLElement).tabIndex)), "the word stops Tab once").toEqual([0, -1]);
  await expectSound(watched);

  // Reading, selecting and copying are as before; paper shows no line.
  const copied = await page.evaluate(
    "(() => { const s = getSelection(); s.selectAllChildren(document.querySelector('#request p.prose')); const text = s.toString(); s.removeAllRanges(); return text; })()",
  );
  expect(copied).toBe("特別訪問看護指示書と特別訪問看護指示書の期間。急ぎではない。");
  await page.emulateMedia({ media: "print" });
  expect(await marks.first().evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe("none");
  await page.emulateMedia({ media: "screen" });
  expect(await marks.first().evaluate((mark) => getComputedStyle(mark).textDecorationLine)).toBe("underline");

  await goTo(page, "#request .term");
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog", { name: "特別訪問看護指示書" });
  await box.waitFor();
  expect(await box.innerText()).toContain("14日以内");
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await box.waitFor({ state: "detached" });
  // The focus comes back in a frame of its own, after the box is gone.
  await expect.poll(() => active(page), { message: "back on the word" }).toBe("特別訪問看護指示書");
  await page.keyboard.press("Enter");
  await box.waitFor();
  await goTo(page, ".term-box a");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/terms\?term=special_nursing_order/);
  await page.getByRole("heading", { level: 2, name: "特別訪問看護指示書" }).waitFor();
  await expectSound(watched);

  // The municipality's own words.
  await page.keyboard.press("e");
  const dialog = page.getByRole("dialog", { name: "この市町村の説明を書く" });
  await dialog.waitFor();
  await goTo(page, "#f-text");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("架空の説明。汐見市では医師会の窓口が答えます。");
  await expectSound(watched);
  await goTo(page, ".dialog .btn.primary");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.getByText("この市町村の説明です。").waitFor();
  await page.goBack();
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.locator("#request .term").first().focus();
  await page.keyboard.press("Enter");
  await page.getByText("架空の説明。汐見市では医師会の窓口が答えます。").waitFor();
  await page.keyboard.press("Escape");

  // And back to what came with the program.
  await page.goto(`${origin}/terms?term=special_nursing_order`);
  await page.getByRole("button", { name: "付いている説明に戻す" }).focus();
  await page.keyboard.press("Enter");
  const sure = page.getByRole("dialog", { name: "付いている説明に戻す" });
  await sure.waitFor();
  await goTo(page, ".dialog .btn.primary");
  await page.keyboard.press("Enter");
  await page.getByText("つなぎに付いている説明です。").waitFor();
  await page.getByText("これまでの版").focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.locator(".term-versions > li").count()).toBe(2);
  expect(await page.locator(".term-versions").innerText()).toContain("架空の説明。");
  await expectSound(watched);
  await watched.context.close();
});

test("terms are found while one types, however they are written, and an own one is added and hidden", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/terms");
  const names = () => page.locator(".term-list b").allInnerTexts();
  await expect.poll(async () => (await names()).length).toBeGreaterThan(60);
  await page.keyboard.press("/");
  await page.keyboard.type("ｹｱﾏﾈ");
  await expect.poll(async () => (await names())[0]).toBe("介護支援専門員");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("どこにもない言葉");
  await page.getByText("あてはまる用語がありません。").waitFor();
  await expectSound(watched);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("みとり");
  await page.keyboard.press("Enter");
  await page.waitForURL(/term=end_of_life/);
  await expect.poll(() => active(page)).toBe("看取り");

  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: "用語を足す" });
  await dialog.waitFor();
  await goTo(page, ".dialog .btn.primary");
  await page.keyboard.press("Enter");
  expect(await dialog.locator(".err").count(), "what is missing is said").toBe(3);
  await page.locator("#f-headword").fill("架空の見守り帳");
  await page.locator("#f-kind").selectOption("paper");
  await page.locator("#f-text").fill("この試験だけの用語です。");
  await goTo(page, ".dialog .btn.primary");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 2, name: "架空の見守り帳" }).waitFor();
  await page.getByRole("button", { name: "隠す" }).focus();
  await page.keyboard.press("Enter");
  await goTo(page, ".dialog .btn.primary");
  await page.keyboard.press("Enter");
  await page.getByText("この用語は隠しています。").waitFor();
  expect(await names()).not.toContain("架空の見守り帳");
  await page.getByRole("button", { name: "この用語を消す" }).focus();
  await page.keyboard.press("Enter");
  await page.locator(".dialog .btn.danger").focus();
  await page.keyboard.press("Enter");
  await page.getByText("この用語はありません。").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("while a call is written down a key explains the words of the field", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await page.locator("#f-request").fill("気切でHOT2Lの方。ケアマネから。");
  await page.locator("#f-request").focus();
  await page.keyboard.press("Alt+y");
  const dialog = page.getByRole("dialog", { name: "この欄に出てくる言葉" });
  await dialog.locator("dt").first().waitFor();
  for (const word of ["気管切開", "在宅酸素療法", "介護支援専門員"]) expect(await dialog.innerText()).toContain(word);
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.evaluate("document.activeElement.id")).toBe("f-request");
  // The code under the cursor: 看取り is one of the scenes.
  await page.locator("input[value=end_of_life]").first().focus();
  await page.keyboard.press("Alt+y");
  await dialog.locator("dt").first().waitFor();
  expect(await dialog.locator("dt").allInnerTexts()).toHaveLength(1);
  expect(await dialog.innerText()).toContain("看取り");
  await page.keyboard.press("Escape");
  await watched.context.close();
});

test("what is learned is ticked, and stays", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/learning");
  const sum = page.locator(".learning-sum");
  await sum.waitFor();
  expect(await sum.innerText()).toMatch(/項目のうち0項目を終えました。/);
  await goTo(page, ".learning-tick input");
  await page.keyboard.press("Space");
  await expect.poll(() => sum.innerText()).toMatch(/項目のうち1項目を終えました。/);
  await page.reload();
  await expect.poll(() => sum.innerText()).toMatch(/項目のうち1項目を終えました。/);
  await expectSound(watched);
  // A link of an item leads to the screen.
  await page.getByRole("link", { name: "用語「機関・施設」" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/terms\?kind=institution/);
  expect(pathOf(page)).toBe("/terms");
  await page.goBack();
  await page.getByRole("checkbox", { name: "コーディネーターの役割を知る" }).focus();
  await page.keyboard.press("Space");
  await expect.poll(() => sum.innerText()).toMatch(/項目のうち0項目を終えました。/);
  await watched.context.close();
});

test("two people edit one term, and both keep what they wrote", async () => {
  const mine = await openPage();
  const colleague = await openPage();
  await signIn(mine.page, "center", "/terms?term=stoma");
  await signIn(colleague.page, "station", "/terms?term=stoma");
  const dialogOf = (page: Page) => page.getByRole("dialog", { name: "この市町村の説明を書く" });
  for (const { page } of [mine, colleague]) {
    await page.getByRole("heading", { level: 2, name: "ストーマ" }).waitFor();
    await page.keyboard.press("e");
    await dialogOf(page).waitFor();
  }
  await colleague.page.locator("#f-text").fill("同僚の架空の説明。");
  await colleague.page.locator("#f-law").fill("架空の法律");
  await colleague.page.locator(".dialog .btn.primary").click();
  await dialogOf(colleague.page).waitFor({ state: "detached" });
  const { page } = mine;
  await page.locator("#f-text").fill("自分の架空の説明。");
  await page.locator(".dialog .btn.primary").click();
  await dialogOf(page).getByText("同僚の架空の説明。").waitFor();
  await dialogOf(page).getByText("あなたも同僚も書き直した項目: 説明。").waitFor();
  expect(await page.locator("#f-text").inputValue()).toBe("自分の架空の説明。");
  expect(await page.locator("#f-law").inputValue(), "what only the colleague wrote comes in").toBe("架空の法律");
  await expectSound(mine);
  // A name too long is not cut but told, in the summary on top and at its field.
  await page.locator("#f-names").fill("長".repeat(61));
  await page.locator(".dialog .btn.primary").click();
  await expect.poll(() => dialogOf(page).getByText("60字までにしてください。").count()).toBe(2);
  await expectSound(mine);
  await page.locator("#f-names").fill("人工肛門");
  await page.locator(".dialog .btn.primary").click();
  await dialogOf(page).waitFor({ state: "detached" });
  await page.getByText("自分の架空の説明。").first().waitFor();
  expect(await page.locator(".term-detail").innerText()).toContain("架空の法律");
  await page.getByRole("button", { name: "付いている説明に戻す" }).click();
  await page.locator(".dialog .btn.primary").click();
  await page.getByText("つなぎに付いている説明です。").waitFor();
  for (const { context } of [mine, colleague]) await context.close();
});

// SPDX-License-Identifier: Apache-2.0
// While a call is written down by keyboard: the words that led to a suggestion, accepting and dismissing with one key,
// earlier cases with what they have in common and what came of them.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

test("a suggestion names its words, one key accepts it, one dismisses it, and nothing is set silently", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await page.locator("#f-kind").waitFor();
  const suggested = page.locator("#suggested");
  await suggested.getByText("主訴や背景を書くと").waitFor();
  await page.locator("#alike").getByText("主訴や要素を書くと、似た相談が出ます。").waitFor();

  await page.keyboard.press("Alt+r");
  await page.keyboard.type("最近もの忘れが目立ち、認知症もある。受診を拒否している。");
  const dementia = suggested.locator("li").filter({ has: page.locator(".sg-code", { hasText: "認知症" }) });
  const refusing = suggested.locator("li").filter({ hasText: "助けを求める力の欠如" });
  await dementia.waitFor();
  await refusing.waitFor();
  expect(await refusing.locator("q").allInnerTexts(), "the words of the text").toContain("拒否");
  const words = await suggested.locator("li q").allInnerTexts();
  const text = await page.locator("#f-request").inputValue();
  for (const word of words) expect(text).toContain(word);
  expect(await page.locator("#f-elements").inputValue(), "nothing is set silently").toBe("");
  expect(await page.locator(".elements .el-yes, .elements .el-suspected").count()).toBe(0);
  await expectSound(watched);

  // Still in the text: the first is accepted until the element is on the sheet.
  const count = await suggested.locator("li").count();
  const first = suggested.locator("li").first();
  const firstCode = await first.locator(".sg-code").innerText();
  await page.keyboard.press("Alt+a");
  await expect.poll(() => suggested.locator("li").count()).toBe(count - 1);
  expect(await suggested.locator(".sg-code").allInnerTexts()).not.toContain(firstCode);
  await page.getByRole("status").getByText(`「${firstCode}」を採りました。`).waitFor();
  expect(await page.evaluate("document.activeElement.id"), "one goes on writing").toBe("f-request");

  // One that is dismissed stays away, also when more is written.
  const dismissed = await suggested.locator("li").first().locator(".sg-code").innerText();
  await page.keyboard.press("Alt+x");
  await expect.poll(() => suggested.locator(".sg-code").allInnerTexts()).not.toContain(dismissed);
  await page.keyboard.type("家族も困っている。");
  await page.waitForTimeout(1200);
  expect(await suggested.locator(".sg-code").allInnerTexts()).not.toContain(dismissed);

  // By its button as well.
  for (const one of [refusing, dementia]) {
    if ((await one.count()) > 0) await one.getByRole("button", { name: "採る" }).click();
  }
  await expect.poll(() => page.locator(".elements .el-yes, .elements .el-suspected").count()).toBeGreaterThan(0);
  await page.keyboard.press("F1");
  await page.getByText("先頭の候補を採る").waitFor();
  await watched.context.close();
});

test("similar cases say why, what came of them, and open beside the call", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await page.locator("#f-kind").waitFor();
  await page.keyboard.press("Alt+r");
  await page.keyboard.type("認知症が疑われる独居の方が受診もサービスも断る。かかりつけ医がいない。");
  const alike = page.locator("#alike");
  const like = alike.locator("article").first();
  await like.waitFor();
  expect(await like.locator("q.tag").count(), "words that stand in both").toBeGreaterThan(0);
  expect(await alike.innerText()).toContain("共通点の多い順");
  expect(await alike.innerText()).toContain("その後");
  await expectSound(watched);

  const [other] = await Promise.all([watched.context.waitForEvent("page"), like.getByRole("link").first().click()]);
  await other.locator("main h1").waitFor();
  expect(new URL(other.url()).pathname).toMatch(/^\/consultations\/[0-9a-f-]{36}$/);
  // The case has similar ones of its own, and the call goes on where it was.
  await other.locator("#alike article").first().waitFor();
  expect(await page.locator("#f-request").inputValue()).toContain("独居");
  await watched.context.close();
});

test("a case beside a similar one: what both have stands out, with the keyboard, on paper and on a phone", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await page.locator("#f-kind").waitFor();
  await page.keyboard.press("Alt+r");
  await page.keyboard.type("認知症が疑われる独居の方が受診もサービスも断る。かかりつけ医がいない。");
  await page.locator("#alike article").first().waitFor();
  const words = await page.locator("#alike article").first().locator("q.tag").allInnerTexts();
  const count = await page.locator("#alike article").count();
  expect(count).toBeGreaterThan(1);
  await page.keyboard.press("Alt+v");
  const dialog = page.getByRole("dialog", { name: "似た相談と並べて見る" });
  const table = dialog.locator(".compare-t");
  await table.waitFor();
  await dialog.getByText(`${count}件のうち1件目`).waitFor();
  // The words that led to the case stand out on both sides.
  const marked = async (side: number) => (await table.locator(`td:nth-of-type(${side}) mark`).allInnerTexts()).join(" ");
  const [mine, theirs] = [await marked(1), await marked(2)];
  expect(words.filter((word) => mine.includes(word)).length, "on this side").toBeGreaterThan(0);
  expect(words.filter((word) => theirs.includes(word)).length, "on that side").toBeGreaterThan(0);
  await expectSound(watched);
  const first = await table.innerText();
  await page.keyboard.press("j");
  await dialog.getByText(`${count}件のうち2件目`).waitFor();
  await table.waitFor();
  expect(await table.innerText()).not.toBe(first);
  await page.keyboard.press("i");
  await dialog.getByText(`${count}件のうち1件目`).waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#root").isVisible(), "nothing but the comparison on paper").toBe(false);
  await table.waitFor();
  await page.emulateMedia({ media: null });
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "no sideways scrolling").toBe(true);
  const beyond = await dialog.evaluate((one) => {
    const { clientWidth, scrollWidth } = one as unknown as { clientWidth: number; scrollWidth: number };
    return scrollWidth - clientWidth;
  });
  expect(beyond, "nor within the dialog").toBeLessThanOrEqual(0);
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.locator("#f-request").inputValue()).toContain("独居");
  await watched.context.close();
});

test("on a phone and in English", async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  await watched.context.addInitScript('localStorage.setItem("tsunagi.language", "en")');
  await signIn(page, "station", "/consultations/new");
  await page.locator("#f-request").fill("認知症のある人の夜間の対応");
  // One line at the codes they would fill; nothing while there is none.
  const suggested = page.locator("form details#suggested");
  await suggested.waitFor();
  expect(await suggested.locator("li").first().isVisible()).toBe(false);
  expect((await suggested.boundingBox())!.height).toBeLessThan(60);
  const count = await suggested.locator("li").count();
  await suggested.getByText(String(count), { exact: true }).waitFor();
  await suggested.locator("summary").focus();
  await page.keyboard.press("Enter");
  await suggested.getByRole("button", { name: /^Accept/ }).first().click();
  await expect.poll(() => suggested.locator("li").count()).toBe(count - 1);
  const alike = page.locator("details#alike");
  await alike.locator("article").first().waitFor({ state: "attached" });
  expect(await alike.locator("article").first().isVisible(), "folded to its count").toBe(false);
  await alike.locator("summary").click();
  await alike.locator("article").first().waitFor();
  await page.keyboard.press("Alt+q");
  await page.locator("details#asked[open] .open").waitFor();
  expect(await page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), "no sideways scrolling").toBe(true);
  await expectSound(watched);
  await watched.context.close();
});

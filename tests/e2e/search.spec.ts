// SPDX-License-Identifier: Apache-2.0
// The one box: from any screen by its key, through the results by arrows, into the record; and what stands there when
// nothing is found.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, pathOf, signIn, stopBrowser, takeCall } from "./browser";

afterAll(stopBrowser);

const found = "竈門ヶ浜の訪問看護を探したい";

test("with the keyboard alone: / from anywhere, words, arrows, Enter", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await takeCall(page, found);
  await page.goto(`${origin}/meetings`);
  await page.locator("main h1").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("竈門ケ浜 ほうもん");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/search\?q=/);
  await page.getByText("見つかりませんでした。言葉を短くするか").waitFor();
  await expectSound(watched);

  // The box keeps the words chosen, to be written over.
  await page.keyboard.type("竈門ケ浜 訪看");
  await page.keyboard.press("Enter");
  const link = page.getByRole("link", { name: found });
  await link.waitFor();
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("竈門ケ浜 訪看");
  expect(await page.locator(".hit mark").allInnerTexts(), "as it was written, not as it was typed").toEqual(["竈門ヶ浜", "訪問看護"]);
  expect(await page.locator(".understood").innerText()).toContain("訪問看護");
  await expectSound(watched);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  expect(await page.evaluate("document.activeElement.textContent")).toContain(found);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.goBack();
  await link.waitFor();
  await watched.context.close();
});

test("all kinds beside each other, one kind page by page, conditions, and what was asked before", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  await page.goto(`${origin}/search`);
  await page.getByRole("heading", { level: 2, name: "探し方" }).waitFor();
  await expectSound(watched);
  await page.getByRole("main").getByRole("searchbox").fill("退院");
  await page.keyboard.press("Enter");
  for (const kind of ["相談", "退院調整", "地域課題"]) await page.getByRole("heading", { level: 2, name: kind, exact: true }).waitFor();
  await expectSound(watched);
  expect(await page.locator("#hits-consultation .hit").count()).toBe(5);
  await page.getByRole("button", { name: "相談をもっと見る" }).click();
  await page.waitForURL(/kind=consultation/);
  await expect.poll(() => page.locator(".hit").count()).toBe(25);
  await page.getByRole("button", { name: "続きを表示する" }).click();
  await expect.poll(() => page.locator(".hit").count()).toBeGreaterThan(25);
  const links = await page.locator(".hit-link").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  expect(new Set(links).size, "no record stands on two pages").toBe(links.length);
  for (const text of await page.locator(".hit").allInnerTexts()) expect(text).toContain("退院");

  await page.getByRole("button", { name: /^状態/ }).click();
  await page.getByRole("option", { name: "完了" }).click();
  await page.keyboard.press("Escape");
  await page.waitForURL(/state=closed/);
  await expect.poll(async () => (await page.locator(".hit .st").allInnerTexts()).every((state) => state.includes("完了"))).toBe(true);
  expect(await page.locator(".hit").count()).toBeGreaterThan(0);
  await page.getByRole("navigation", { name: "探す記録の種類" }).getByRole("link", { name: "会議" }).click();
  await page.waitForURL((url) => url.search.includes("kind=meeting") && !url.search.includes("state="));
  // The word is kept for this session; the first page of the search offers it.
  await page.getByRole("main").getByRole("searchbox").fill("");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "退院", exact: true }).click();
  await page.waitForURL((url) => decodeURIComponent(url.search).includes("q=退院"));
  await watched.context.close();
});

test("a day, and a colleague", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  await page.goto(`${origin}/search?q=R8.11.16`);
  await page.getByText("2026年11月16日").or(page.getByText("令和8年11月16日")).first().waitFor();
  await page.goto(`${origin}/search?q=${encodeURIComponent("富永")}`);
  const person = page.locator("#hits-user .hit-link").first();
  await person.click();
  await page.waitForURL(/\/consultations\?.*receiver=/);
  await watched.context.close();
});

test("asks by their answer, and coordinations of a discharge by a wish", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  await page.goto(`${origin}/search?q=${encodeURIComponent("夜勤 呼吸器")}&kind=referral`);
  await page.locator(".hit mark").first().waitFor();
  expect(await page.locator(".hit").innerText()).toContain("夜勤に呼吸器を扱える職員がいない");
  await expectSound(watched);
  await page.locator(".hit-link").click();
  await page.waitForURL(/\/referrals\//);
  await page.goto(`${origin}/search?q=${encodeURIComponent("庭 部屋")}&kind=discharge`);
  await page.getByRole("link", { name: "吸引が要る人の自宅退院(夫婦のみ)" }).click();
  await page.waitForURL(/\/discharges\//);
  await expectSound(watched);
  await watched.context.close();
});

test("what was done about a case and its files are found, until they are withdrawn", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await takeCall(page, "活動と添付を探す試験");
  await page.keyboard.press("a");
  const form = page.getByRole("form", { name: "活動を書く" });
  await form.waitFor();
  await expect.poll(() => page.evaluate("document.activeElement?.type")).toBe("radio");
  await page.keyboard.press("2");
  await form.getByLabel("話したこと・したこと").fill("架空竈門の吸引瓶を手配した。");
  await page.keyboard.press("Control+Enter");
  await form.waitFor({ state: "detached" });
  const choosing = page.waitForEvent("filechooser");
  await page.locator("#attachments").getByRole("button", { name: "ファイルを選ぶ" }).click();
  await (await choosing).setFiles([{ name: "吸引瓶の見積り.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4 search") }]);
  const file = page.locator(".file-list > li").filter({ hasText: "吸引瓶の見積り.pdf" });
  await file.waitFor();

  await page.goto(`${origin}/search?q=${encodeURIComponent("吸引瓶")}`);
  const activity = page.locator("#hits-activity .hit");
  await activity.waitFor();
  expect(await activity.innerText()).toContain("活動と添付を探す試験");
  expect(await activity.locator("mark").allInnerTexts()).toEqual(["吸引瓶"]);
  const attached = page.locator("#hits-attachment .hit");
  expect(await attached.innerText()).toMatch(/吸引瓶の見積り\.pdf[^]*PDF/);
  await expectSound(watched);
  await activity.getByRole("link").click();
  await page.waitForURL(/\/consultations\/activities\/[0-9a-f-]{36}$/);
  await page.getByText("架空竈門の吸引瓶を手配した。").waitFor();
  await page.goBack();
  await attached.getByRole("link").click();
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}#attachments$/);
  await file.waitFor();
  const top = () => page.locator("#attachments").evaluate((section) => (section as unknown as { getBoundingClientRect(): { top: number } }).getBoundingClientRect().top);
  await expect.poll(top, { message: "the files are in sight" }).toBeLessThan(700);
  await page.getByRole("button", { name: "取り消す 吸引瓶の見積り.pdf" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("別の方の見積りだった");
  await page.keyboard.press("Enter");
  await file.getByText(/別の方の見積りだった/).waitFor();

  await page.goto(`${origin}/search?q=${encodeURIComponent("吸引瓶")}`);
  await activity.waitFor();
  expect(await attached.count()).toBe(0);
  await page.getByRole("navigation", { name: "探す記録の種類" }).getByRole("link", { name: "添付ファイル" }).click();
  await page.waitForURL(/kind=attachment/);
  expect(await page.getByRole("navigation", { name: "探す記録の種類" }).locator("[aria-current]").allInnerTexts()).toEqual(["添付ファイル"]);
  await page.getByText("見つかりませんでした。言葉を短くするか").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("on a phone in English it does not scroll sideways, and / leads to the search", async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  await watched.context.addInitScript('localStorage.setItem("tsunagi.language", "en")');
  await signIn(page, "center");
  await page.keyboard.press("/");
  await page.waitForURL("**/search");
  await page.getByRole("heading", { level: 2, name: "How to search" }).waitFor();
  await page.getByRole("main").getByRole("searchbox").fill("退院");
  await page.keyboard.press("Enter");
  await page.locator(".hit").first().waitFor();
  expect(pathOf(page)).toBe("/search");
  const beyond = await page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth");
  expect(beyond).toBeLessThanOrEqual(0);
  await expectSound(watched);
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// A list with the keyboard alone, the keys a page tells of, and conditions: kept for the person, given on by their address.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, pathOf, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

test("the keys of the page: ? shows them, Esc closes, and none acts while somebody types", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations");
  await page.getByRole("row").nth(1).waitFor();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "この画面で使えるキー" });
  await dialog.waitFor();
  const told = await dialog.innerText();
  for (const words of ["Enter", "開く", "空白", "右に見る", "新しい相談"]) expect(told, words).toContain(words);
  await expectSound(watched);
  await page.keyboard.press("n");
  expect(pathOf(page), "a dialog keeps the keys to itself").toBe("/consultations");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await page.keyboard.press("/");
  await page.keyboard.type("n?");
  expect(await page.getByRole("searchbox").first().inputValue()).toBe("n?");
  expect(await page.getByRole("dialog").count()).toBe(0);
  expect(pathOf(page)).toBe("/consultations");
  await page.keyboard.press("Escape");
  await page.locator("main h1").click();
  await page.keyboard.press("n");
  await page.waitForURL("**/consultations/new");
  await watched.context.close();
});

test("a list: arrows move, Space previews beside it, Esc closes, Enter opens, and the place is kept", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/consultations");
  const rows = page.locator("tbody tr");
  await rows.nth(3).waitFor();
  const subject = (at: number) => rows.nth(at).locator("td.ttl").innerText();
  await rows.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const focused = () => page.evaluate("document.activeElement.querySelector('td.ttl').innerText");
  expect(await focused()).toBe(await subject(2));

  await page.keyboard.press(" ");
  const peek = page.locator(".peek");
  await peek.getByRole("heading", { name: await subject(2) }).waitFor();
  expect(await focused(), "the preview does not take the place in the list").toBe(await subject(2));
  await expectSound(watched);
  await page.keyboard.press("ArrowDown");
  await peek.getByRole("heading", { name: await subject(3) }).waitFor();
  await page.keyboard.press("Escape");
  await peek.waitFor({ state: "detached" });
  expect(await focused()).toBe(await subject(3));

  const opened = await subject(3);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: opened }).waitFor();
  await watched.context.close();
});

test("conditions: remembered for the person, and the address shows a colleague the same list", async () => {
  const mine = await openPage();
  const { page } = mine;
  await signIn(page, "center", "/consultations");
  await page.locator("tbody tr").first().waitFor();
  const total = (of = page) => of.locator(".sentence [role=status]").innerText();
  const before = await total();
  await page.getByRole("button", { name: /^場面/ }).click();
  await page.getByRole("option", { name: "看取り" }).click();
  await page.waitForURL(/scene=end_of_life/);
  await page.keyboard.press("Escape");
  await page.getByRole("option").first().waitFor({ state: "detached" });
  expect(page.url(), "Esc closes the choices and leaves what was chosen").toMatch(/scene=end_of_life/);
  await page.waitForFunction((old) => document.querySelector(".sentence [role=status]")?.textContent !== old, before);
  const chosen = await total();
  const address = page.url();

  // Another part of the product, and back by the navigation: the list is as it was left.
  await page.locator("nav.nav").getByRole("link", { name: "会議" }).click();
  await page.waitForURL("**/meetings");
  await page.locator("nav.nav").getByRole("link", { name: "相談" }).click();
  await page.getByRole("button", { name: "場面: 看取り" }).waitFor();
  await page.locator(".sentence b").waitFor();
  expect(await total()).toBe(chosen);
  await mine.context.close();

  const theirs = await openPage();
  await signIn(theirs.page, "city", address.slice(origin.length));
  await theirs.page.getByRole("button", { name: "場面: 看取り" }).waitFor();
  await theirs.page.locator("tbody tr").first().waitFor();
  // What somebody was shown once is not yet their own way of working.
  await theirs.page.goto(`${origin}/consultations`);
  await theirs.page.locator("tbody tr").first().waitFor();
  expect(await theirs.page.getByRole("button", { name: "場面: 看取り" }).count()).toBe(0);
  await theirs.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// What stands around every screen and is fetched only when it is opened: the menus of the header, the keys, the sheet
// of a narrow screen.
import { afterAll, expect, test } from "vitest";
import { accessibilityFaults, expectSound, openPage, press, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

test("a menu of the header opens, is walked and leaves by keyboard", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  const year = page.getByRole("button", { name: "年度" });
  await year.focus();
  await page.keyboard.press("ArrowDown");
  const chosen = page.getByRole("menuitemradio", { checked: true });
  await chosen.waitFor();
  expect(await chosen.evaluate((item) => item === document.activeElement)).toBe(true);
  expect(await year.evaluate((button) => button.getAttribute("aria-expanded"))).toBe("true");
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await chosen.waitFor({ state: "detached" });
  expect(await year.evaluate((button) => button === document.activeElement)).toBe(true);

  const before = await year.textContent();
  await page.keyboard.press("Enter");
  await chosen.waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await chosen.waitFor({ state: "detached" });
  expect(await year.textContent()).not.toBe(before);
  await expectSound(watched);
  await watched.context.close();
});

test("the menu of the person changes the language and signs out", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  const person = page.locator("header .end .switch").filter({ visible: true });
  await person.click();
  await page.getByRole("menuitem", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: /[A-Za-z]/ }).waitFor();
  await person.click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.locator("#login").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

test("the keys of the page and the sheet of a narrow screen open when they are asked for", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  await page.keyboard.press("?");
  await page.getByRole("dialog").getByRole("table").waitFor();
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await page.setViewportSize({ width: 390, height: 800 });
  await press(page, "メニュー");
  await page.getByRole("dialog").getByRole("navigation").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

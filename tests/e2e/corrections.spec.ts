// SPDX-License-Identifier: Apache-2.0
// A record that was closed by mistake goes back with a second person, its paper says who did what and why; and the list
// of what is to be done, on the screen and on paper.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser, takeCall } from "./browser";
import type { Page } from "playwright-core";

afterAll(stopBrowser);

async function closeCase(page: Page): Promise<void> {
  await press(page, "完了する");
  await page.getByRole("dialog").getByRole("button", { name: "完了する" }).click();
}

test("a mistaken finalisation is undone when a second person agrees", async () => {
  const station = await openPage();
  const { page } = station;
  await signIn(page, "station");
  await page.goto(origin);
  await takeCall(page, "取り違えた相談");
  const { pathname } = new URL(page.url());
  const id = pathname.split("/").at(-1)!;
  // What a finalised sheet is never without.
  const { sheet, version } = (await (await page.request.get(`${origin}/api/consultations/${id}`)).json()) as { sheet: object; version: number };
  const csrf = ((await (await page.request.get(`${origin}/api/session`)).json()) as { csrf_token: string }).csrf_token;
  const kept = await page.request.put(`${origin}/api/consultations/${id}`, {
    data: { ...sheet, background: "独居", result: "solved", result_on: (sheet as { received_on: string }).received_on },
    headers: { "If-Match": `"${version}"`, "X-CSRF-Token": csrf },
  });
  expect(kept.status()).toBe(200);
  await page.reload();
  await closeCase(page);
  await press(page, "ほかの操作");
  await page.getByRole("menuitem", { name: "確定の取り消しを求める" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "取り消しを求める" }).click();
  await page.getByRole("dialog").getByText("理由を書いてください").waitFor();
  await page.getByRole("dialog").getByLabel("理由").fill("別の相談と取り違えて完了した");
  await page.getByRole("dialog").getByRole("button", { name: "取り消しを求める" }).click();
  await page.getByRole("button", { name: "求めを取り下げる" }).waitFor();
  await expectSound(station);

  const center = await openPage();
  await signIn(center.page, "center");
  // The one who asked is not asked; the second person finds it on the home board.
  await center.page.goto(`${origin}/?scope=all`);
  const waiting = center.page.locator(".undos li").filter({ hasText: "別の相談と取り違えて完了した" });
  await waiting.waitFor();
  await expectSound(center);
  await waiting.getByRole("link").click();
  await center.page.waitForURL(origin + pathname);
  await center.page.getByText("別の相談と取り違えて完了した").first().waitFor();
  await expectSound(center);
  await press(center.page, "取り消しを認める");
  await center.page.getByText("確定を取り消しました。").waitFor();
  await center.page.getByText("確定を取り消した").waitFor();
  expect(await center.page.locator("#history").innerText()).toMatch(/求めた人: .+別の相談と取り違えて完了した/s);
  await center.context.close();

  await page.reload();
  await page.getByRole("button", { name: "完了する" }).waitFor();
  await closeCase(page);
  await page.goto(`${origin}${pathname}/print`);
  await page.getByText("1 / 1 ページ").waitFor();
  await page.getByText(/確定の取り消し 第4版/).waitFor();
  const paper = await page.locator(".sheet-page").innerText();
  expect(paper).toMatch(/確定 第3版/);
  expect(paper).toMatch(/の求めにより.*理由: 別の相談と取り違えて完了した/);
  expect(paper).toMatch(/確定 第5版/);
  await expectSound(station);
  await station.context.close();
});

test("a proxy entry names the writer and the one responsible, on the screen and on paper", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await page.goto(`${origin}/consultations/new`);
  const receiver = page.locator("#f-receiver_id");
  await receiver.waitFor();
  // A colleague of the same desk.
  await receiver.selectOption({ label: (await receiver.locator("option", { hasText: "千尋" }).innerText()).trim() });
  await page.getByText("さんの代理入力として記録されます。").waitFor();
  const response = await page.request.get(`${origin}/api/session`);
  const { name } = (await response.json()) as { name: string };
  expect(await page.getByText("さんの代理入力として記録されます。").innerText()).toContain(name);
  const responsible = await receiver.evaluate((one) => {
    const select = one as unknown as { selectedOptions: { text: string }[] };
    return select.selectedOptions[0]!.text;
  });
  for (const field of ["kind", "caller_profession", "method", "topic", "supports", "scenes"]) await page.locator(`#f-${field}`).check();
  await page.locator("#f-caller_name").fill("架空 太郎");
  await page.keyboard.press("Escape");
  await page.locator("#f-request").fill("代わりに書いた相談。");
  await page.locator("#f-subject").fill("代理入力の相談");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByText(`(代理入力: ${name})`).waitFor();
  await page.goto(`${page.url()}/print`);
  await page.getByText("1 / 1 ページ").waitFor();
  const paper = await page.locator(".sheet-page").innerText();
  expect(paper).toContain(responsible);
  expect(paper).toMatch(new RegExp(`〔代理入力〕\\s*${name}`));
  await watched.context.close();
});

test("what is to be done stands by day, is ticked off and taken back, and goes along on paper", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations");
  await page.getByRole("link", { name: "これからすること" }).click();
  await page.getByLabel("期限", { exact: true }).selectOption("all");
  const rows = page.locator("table.to-do tbody tr");
  await rows.first().waitFor();
  const count = await rows.count();
  expect(count).toBeGreaterThan(3);
  await expectSound(watched);
  const first = await rows.first().innerText();
  await rows.first().getByRole("button", { name: "済み" }).press("Enter");
  await page.getByText("済みにしました。").waitFor();
  await expect.poll(() => rows.count()).toBe(count - 1);
  await press(page, "元に戻す");
  await expect.poll(() => rows.count()).toBe(count);
  expect(await rows.first().innerText()).toBe(first);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("table.to-do td.tick").first().isVisible()).toBe(true);
  expect(await page.locator("nav.nav").isVisible()).toBe(false);
  // Everything on the list is on the paper: no row is cut off at its right edge.
  const width = await page.locator("table.to-do").first().evaluate((table) => {
    const { parentElement } = table as unknown as { parentElement: { clientWidth: number; scrollWidth: number } };
    return parentElement.scrollWidth - parentElement.clientWidth;
  });
  expect(width).toBeLessThanOrEqual(0);
  await watched.context.close();
});

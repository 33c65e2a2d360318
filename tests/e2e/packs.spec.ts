// SPDX-License-Identifier: Apache-2.0
// Codes as the administrator keeps them: renamed, ordered, added, and retired with a day. A retired code cannot be
// chosen any more and stays in the figures and on the paper of its year. And the templates of the packs, from which a
// measure begins.
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

async function openScheme(page: Page, words: string, name: string): Promise<void> {
  await page.goto(`${origin}/admin/packs?words=${encodeURIComponent(words)}`);
  await page.locator("#schemes").getByRole("link", { name, exact: true }).click();
  await page.locator(".scheme-t").waitFor();
}

async function save(page: Page): Promise<void> {
  const saved = page.waitForResponse(
    (response) => response.url().includes("/api/packs/schemes/") && response.request().method() === "PUT",
  );
  await page.getByRole("button", { name: "保存する" }).first().click();
  expect((await saved).status()).toBe(200);
}

/** Order of the codes as the screen shows them. */
async function order(page: Page): Promise<string[]> {
  return page.locator(".scheme-t tbody td:nth-child(3) input").evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value));
}

test("a code is added, renamed, moved, used, retired, and stays in its year", { timeout: 240_000 }, async () => {
  const admin = await openPage();
  const { page } = admin;
  await signIn(page, "admin", "/admin/packs");
  await expectSound(admin);
  await openScheme(page, "再掲", "再掲");
  await expectSound(admin);

  // What is wrong is said beside its field before anything is sent.
  await page.getByRole("button", { name: "選択肢を足す" }).first().click();
  await page.getByLabel("日本語 ").last().fill("猛暑");
  await page.getByRole("button", { name: "保存する" }).first().click();
  await page.getByText("コードは、半角の小文字で始め").first().waitFor();
  await expectSound(admin);
  await page.locator(".scheme-t tbody tr").last().locator("input").first().fill("heat_wave");
  await save(page);
  const row = page.locator(".scheme-t tbody tr").filter({ hasText: "heat_wave" });
  await row.waitFor();

  // Renamed and moved to the front.
  await row.getByLabel("日本語 heat_wave").fill("猛暑・熱中症");
  for (let at = (await order(page)).indexOf("猛暑・熱中症"); at > 0; --at)
    await page.getByRole("button", { name: "猛暑・熱中症 を上へ" }).click();
  await save(page);
  await page.reload();
  await page.locator(".scheme-t").waitFor();
  expect((await order(page))[0]).toBe("猛暑・熱中症");

  // The station chooses it at once, and the month table counts it.
  const station = await openPage();
  await signIn(station.page, "station", "/consultations/new");
  const session = (await (await station.page.request.get(`${origin}/api/session`)).json()) as { user_id: string; csrf_token: string; today: string };
  await station.page.getByRole("checkbox", { name: /猛暑・熱中症/ }).waitFor();
  const made = await station.page.request.post(`${origin}/api/consultations`, {
    headers: { "X-CSRF-Token": session.csrf_token },
    data: {
      sheet: {
        kind: "provision", received_on: session.today, receiver_id: session.user_id, caller_name: "相談 花子", caller_profession: "care_manager",
        method: "phone", subject: "冷房のない部屋", request: "室温が34度ある", topic: "home_life", scenes: ["daily"], supports: ["information"],
        relisted: ["heat_wave"],
      },
    },
  });
  expect(made.status(), await made.text()).toBe(201);
  const { id } = (await made.json()) as { id: string };

  // Retired from today: the dialog refuses a day that is over.
  await page.getByRole("button", { name: "廃止する 猛暑・熱中症" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("選べなくなる日").fill("2026-01-05");
  await dialog.getByRole("button", { name: "廃止する" }).click();
  await dialog.getByText("きょうより前の日にはできません").waitFor();
  await expectSound(admin);
  await dialog.getByLabel("選べなくなる日").fill(session.today);
  await dialog.getByRole("button", { name: "廃止する" }).click();
  await save(page);
  await page.getByText("に廃止").first().waitFor();

  await station.page.goto(`${origin}/consultations/new`);
  await station.page.locator("#f-request").waitFor();
  expect(await station.page.getByRole("checkbox", { name: /猛暑・熱中症/ }).count()).toBe(0);
  await station.page.goto(`${origin}/analysis/months`);
  await station.page.locator("table.months thead").getByText("猛暑・熱中症").first().waitFor();
  await station.page.goto(`${origin}/consultations/${id}/print`);
  await station.page.getByText("再掲 猛暑・熱中症").first().waitFor();
  expect(station.faults).toEqual([]);
  await station.context.close();
  await admin.context.close();
});

test("the plan of 24 lines can be read, and a measure begins from it", { timeout: 120_000 }, async () => {
  const city = await openPage();
  const { page } = city;
  await signIn(page, "city", "/measures");
  await page.getByRole("link", { name: "計画と指標のひな形" }).click();
  const plan = page.locator("#plan-niigata table");
  await plan.waitFor();
  await expectSound(city);
  expect(await plan.locator("tbody tr:not(.stage)").count()).toBe(24);
  const seventh = plan.locator("#plan-niigata-7 td");
  expect((await seventh.allInnerTexts()).slice(-5).map((text) => text.trim())).toEqual(["2~3回", "", "", "○", ""]);
  expect(await page.locator(".goal").count()).toBe(5);

  // From a measure of the city to the goal it stands under, and back.
  await page.locator("#goal-home_care").getByRole("listitem").filter({ hasText: "かかりつけ医実践道場" }).getByRole("link", { name: "この地域の記録" }).click();
  await page.getByRole("link", { name: /目標1/ }).click();
  await page.locator("#goal-home_care").waitFor();

  await page.getByRole("link", { name: "対応策にする 医療と介護の市民講座" }).click();
  await page.locator("#f-title").waitFor();
  expect(await page.locator("#f-title").inputValue()).toBe("医療と介護の市民講座");
  await expectSound(city);
  await city.context.close();
});

test("the demonstration says on which day it plays", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  const mark = page.locator(".top .kakuu");
  expect(await mark.innerText()).toBe("架空データ 11/17(火)");
  expect(await page.locator("main .sub").first().innerText()).toContain("令和8年11月17日(火)");
  await page.goto(`${origin}/consultations/new`);
  expect(await page.locator("#f-received_on").inputValue()).toBe("R8.11.17");
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// The whole main line in the browser, as the people of a station and a center go it: from a call to an evaluated
// measure, on to the next issue, and back along the thread to the first case. Every page on the way is sound.
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, pathOf, press, signIn, stopBrowser, takeCall } from "./browser";

afterAll(stopBrowser);

const record = /\/[0-9a-f-]{36}$/;
const meetingTitle = `吸引のことを話し合う会議 ${Date.now()}`;
const today = "2026-11-17"; // the day on which the demonstration plays

/** Presses the main button of a form and waits for the page of the record. */
async function save(page: Page, button: string, at: RegExp): Promise<string> {
  await press(page, button);
  await page.waitForURL(at);
  await page.locator("main h1").first().waitFor();
  return pathOf(page);
}

async function choose(page: Page, field: string, words: string): Promise<void> {
  await page.locator(`#${field}`).fill(words);
  await page.getByRole("option").filter({ hasText: words }).first().click();
}

test("from a consultation to an evaluated measure, the next issue, and back to the first case", { timeout: 400_000 }, async () => {
  // The station takes two calls and classifies them.
  const station = await openPage();
  await signIn(station.page, "station");
  const cases: { path: string; number: string }[] = [];
  for (const subject of ["夜間に吸引を頼める先がない", "土日に吸引を頼める先がない"]) {
    await takeCall(station.page, subject, { elements: { 世帯の困難: "独居", かかりつけ医不在: "○" } });
    await expectSound(station);
    cases.push({ path: pathOf(station.page), number: (await station.page.locator(".crumb .n").innerText()).trim() });
    expect(await station.page.locator("main").innerText()).toContain("世帯の困難(独居)");
  }
  await station.context.close();

  // The center sees them in the month table …
  const center = await openPage();
  const { page } = center;
  await signIn(page, "center");
  await expectSound(center);
  await page.getByRole("navigation").getByRole("link", { name: "分析" }).click();
  await page.locator("table.months tbody a").first().waitFor();
  await expectSound(center);
  const month = `${Number(today.slice(5, 7))}月`;
  const total = page.locator("table.months tr").filter({ hasText: month }).first().locator("a").first();
  expect(Number(await total.innerText())).toBeGreaterThanOrEqual(2);
  await total.click();
  for (const one of cases) await page.locator("section.cases").getByText(one.number).first().waitFor();

  // … and in the element matrix, where two rows become an issue.
  await page.getByRole("link", { name: "要素マトリクス" }).click();
  await page.locator("table.mtx").waitFor();
  for (const { number } of cases) {
    const rows = page.locator("table.mtx tbody tr").filter({ has: page.getByRole("button", { name: number }) });
    // Every desk counts for itself: of the same number the newest stands first.
    await rows.first().getByRole("checkbox").check();
  }
  await page.getByRole("region", { name: "選択中の事例" }).getByText("2事例を選択中").waitFor();
  await expectSound(center);
  await press(page, "2事例を課題にする");
  await page.waitForURL(/\/issues\/new/);
  await page.getByText("夜間に吸引を頼める先がない").first().waitFor();
  await expectSound(center);
  await page.locator("#f-title").fill("休みの日と夜に吸引を頼める先がない");
  await page.locator("#f-evidence-0-note").fill("2日続けて断られた");
  const issue = await save(page, "課題を登録する", /\/issues\/[0-9a-f-]{36}$/);
  await expectSound(center);
  for (const one of cases) await page.locator("#evidence").getByRole("link", { name: one.number }).waitFor();
  expect(await page.locator("#evidence").innerText()).toContain("2日続けて断られた");

  // It is written on.
  await page.getByRole("link", { name: "書き直す" }).click();
  await page.locator("#f-present").fill("休みの日は3事業所に断られる。");
  await page.locator("#f-goal").fill("休みの日も一度の電話で決まる。");
  await press(page, "要因を足す");
  await page.locator("#f-causes-0-text").fill("研修を終えた介護職がいない。");
  await expectSound(center);
  await save(page, "保存する", /\/issues\/[0-9a-f-]{36}$/);
  await page.getByText("研修を終えた介護職がいない。").waitFor();

  // A meeting is called, the issue goes on its agenda.
  await page.goto(new URL("/meetings/new", page.url()).href);
  await page.locator("#f-body_id").selectOption({ index: 1 });
  await page.locator("#f-title").fill(meetingTitle);
  await page.locator("#f-held_on").fill(today.replaceAll("-", ""));
  await expectSound(center);
  await save(page, "会議を登録する", /\/meetings\/[0-9a-f-]{36}$/);
  await page.goto(new URL(issue, page.url()).href);
  await press(page, "会議に出す");
  await page.getByRole("dialog").getByRole("radio", { name: meetingTitle }).check();
  await expectSound(center);
  const meeting = await save(page, "議題に加える", /\/meetings\/[0-9a-f-]{36}$/);
  await page.locator("#agenda").getByText("休みの日と夜に吸引を頼める先がない").first().waitFor();
  await expectSound(center);

  // Who was there, what was decided, and who does what by when.
  await page.getByRole("link", { name: "会議の記録を書く" }).click();
  await page.locator("#f-state").selectOption("held");
  await page.locator("#f-agenda-0-decision").fill("実地の指導を輪番で引き受ける。");
  await page.locator("#f-agenda-0-outcome").selectOption({ index: 1 });
  await press(page, "出席者を足す");
  await page.locator("#f-attendance-0-name").fill("架空 次郎");
  await page.locator("#f-attendance-0-affiliation").fill("架空訪問看護ステーション");
  await press(page, "宿題を足す");
  await page.locator("#f-tasks-0-title").fill("輪番の案を作る");
  await page.locator("#f-tasks-0-owner_name").fill("架空 次郎");
  await page.locator("#f-tasks-0-due_on").fill("R10.3.31");
  await page.getByText("令和10年3月31日(金) 令和9年度").waitFor();
  await expectSound(center);
  await save(page, "保存する", record);
  for (const words of ["実地の指導を輪番で引き受ける。", "架空 次郎", "輪番の案を作る"]) await page.locator("main").getByText(words).first().waitFor();
  await expectSound(center);

  // From the issue a measure, from the measure an indicator with target and values.
  await page.goto(new URL(issue, page.url()).href);
  await page.getByRole("link", { name: "対応策を立てる" }).click();
  await page.locator(".picked").getByText("休みの日と夜に吸引を頼める先がない").first().waitFor();
  await page.locator("#f-title").fill("休みの日の吸引の輪番");
  await page.locator("#f-starts_on").fill("令和8年11月22日");
  await page.getByText("令和8年11月22日(日) 令和8年度").waitFor();
  await expectSound(center);
  const measure = await save(page, "対応策を登録する", /\/measures\/[0-9a-f-]{36}$/);
  await expectSound(center);
  await page.getByRole("link", { name: "指標を立てる" }).click();
  await page.locator("#f-name").fill("一度の電話で決まった割合");
  await page.locator("#f-unit").fill("%");
  await page.locator("#f-direction").selectOption({ index: 1 });
  await page.locator("#f-period").selectOption("month");
  await expectSound(center);
  await press(page, "指標を登録する");
  await page.waitForURL(/\/series$/);
  await press(page, "期間を足す");
  await page.locator("#f-values-0-period").fill("R8.10");
  await page.locator("#f-values-0-value").fill("２０");
  await press(page, "期間を足す");
  await page.locator("#f-values-1-value").fill("45");
  await press(page, "目標を足す");
  await page.locator("#f-targets-0-period").fill("R8年度");
  await page.locator("#f-targets-0-value").fill("80");
  await expectSound(center);
  const indicator = await save(page, "保存する", /\/indicators\/[0-9a-f-]{36}$/);
  expect(await page.locator("#values, main").first().innerText()).toContain("令和8年11月");
  expect(await page.locator("main").innerText()).toContain("80%");
  await expectSound(center);

  // The measure is evaluated with an outcome, and the next issue starts from what was found.
  await page.goto(new URL(measure, page.url()).href);
  await page.getByRole("link", { name: "評価を書く" }).click();
  await page.locator("#judgements").getByText("一度の電話で決まった割合").first().waitFor();
  expect(await page.locator("#f-judgements-0-value").inputValue()).toBe("45");
  await page.locator("#f-finding").fill("土曜は決まるが、日曜はまだ決まらない。");
  await page.getByRole("radio", { name: "変更" }).check();
  await page.locator("#f-next_policy").fill("日曜の担い手を隣の市と探す。");
  await expectSound(center);
  const evaluation = await save(page, "評価を登録する", /\/evaluations\/[0-9a-f-]{36}$/);
  await expectSound(center);
  await page.getByRole("link", { name: "次の課題にする" }).click();
  await page.waitForURL(/\/issues\/new/);
  expect(await page.locator("#f-present").inputValue()).toBe("土曜は決まるが、日曜はまだ決まらない。");
  await page.locator("#f-title").fill("日曜に吸引を頼める先がない");
  await expectSound(center);
  const next = await save(page, "課題を登録する", /\/issues\/[0-9a-f-]{36}$/);
  expect(next).not.toBe(issue);

  // Back along the thread by its links alone, to the first case.
  await page.getByRole("link", { name: "全体を見る" }).click();
  await page.waitForURL(/\/threads\/issue\//);
  await page.locator(`a.node-name[href="${next}"]`).waitFor();
  await expectSound(center);
  for (const path of [evaluation, indicator, measure, meeting, issue, cases[0]!.path]) {
    await page.locator(`main a[href="${path}"]`).first().click();
    await page.waitForURL(`**${path}`);
    await page.locator("main h1").first().waitFor();
    await expectSound(center);
  }
  expect(await page.locator("main h1").innerText()).toBe("夜間に吸引を頼める先がない");
  // And forward again: the case leads to the issue that came of it.
  await page.locator(`main a[href="${issue}"]`).first().waitFor();
  await center.context.close();
});

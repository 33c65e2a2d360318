// SPDX-License-Identifier: Apache-2.0
// What somebody has typed outlives a colleague who saved first, a session that ended, a broken line, a reload and an
// impatient second click.
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { expectSound, fillCall, openPage, origin, pathOf, press, signIn, stopBrowser, takeCall, type Watched } from "./browser";

afterAll(stopBrowser);

async function makeIssue(page: Page, title: string): Promise<string> {
  await page.goto(`${origin}/issues/new`);
  await page.locator("#f-title").fill(title);
  await press(page, "課題を登録する");
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  return pathOf(page);
}

async function titled(page: Page, title: string): Promise<number> {
  const answer = await page.request.get(`${origin}/api/issues?limit=50&words=${encodeURIComponent(title)}`);
  return ((await answer.json()) as { items: { title: string }[] }).items.filter((one) => one.title === title).length;
}

/** A title no other test has, nor an earlier run on the same data. */
const unique = (words: string) => `${words} ${Date.now()}`;

async function as(login: string, path = "/"): Promise<Watched> {
  const watched = await openPage();
  await signIn(watched.page, login, path);
  return watched;
}

describe("two people at one record", () => {
  test("an issue: both texts stand side by side, the rest is put together", async () => {
    const mine = await as("center");
    const theirs = await as("center");
    const path = await makeIssue(mine.page, unique("二人で書く課題"));
    for (const { page } of [mine, theirs]) {
      await page.goto(`${origin}${path}/edit`);
      await page.locator("#f-present").waitFor();
    }
    await theirs.page.locator("#f-present").fill("先に書いた現状");
    await theirs.page.locator("#f-goal").fill("先に書いためざす姿");
    await press(theirs.page, "保存する");
    await theirs.page.waitForURL(`**${path}`);

    await mine.page.locator("#f-present").fill("後から書いた現状");
    await mine.page.locator("#f-gap").fill("後から書いた差");
    await press(mine.page, "保存する");
    const clash = mine.page.getByRole("alert").filter({ hasText: "ほかの人が先に書き直しました" });
    await clash.waitFor();
    expect(await clash.innerText()).toContain("先に書いた現状");
    expect(await clash.innerText()).toContain("後から書いた現状");
    await expectSound(mine);
    // Not even a reload at this point loses one of the two.
    await mine.page.reload();
    expect(await mine.page.locator("#f-present").inputValue()).toBe("後から書いた現状");
    await press(mine.page, "保存する");
    await clash.waitFor();
    await press(mine.page, "選んだ内容で保存する");
    await mine.page.waitForURL(`**${path}`);
    for (const words of ["後から書いた現状", "先に書いためざす姿", "後から書いた差"]) await mine.page.locator("#about").getByText(words).waitFor();
    await mine.context.close();
    await theirs.context.close();
  });

  test("a consultation: the same", async () => {
    const mine = await as("station");
    const theirs = await as("station");
    await takeCall(mine.page, unique("二人で書く相談"));
    const path = pathOf(mine.page);
    for (const { page } of [mine, theirs]) {
      await page.goto(`${origin}${path}/edit`);
      await page.locator("#f-support_text").waitFor();
    }
    await theirs.page.locator("#f-support_text").fill("先に書いた経過");
    await press(theirs.page, "保存する");
    await theirs.page.waitForURL(`**${path}`);
    await mine.page.locator("#f-support_text").fill("後から書いた経過");
    await mine.page.locator("#f-awareness").fill("後から書いた気づき");
    await press(mine.page, "保存する");
    const conflict = mine.page.getByRole("alert").filter({ hasText: "ほかの人が先に書き直しました" });
    await conflict.waitFor();
    expect(await conflict.innerText()).toContain("先に書いた経過");
    expect(await conflict.innerText()).toContain("後から書いた経過");
    await expectSound(mine);
    // A long text need not be chosen: both can stay, one after the other.
    await conflict.getByRole("radio", { name: /両方を残す/ }).check();
    await press(mine.page, "選んだ内容で");
    await press(mine.page, "保存する");
    await mine.page.waitForURL(`**${path}`);
    for (const words of ["後から書いた経過", "先に書いた経過", "後から書いた気づき"]) await mine.page.locator("main .prose, main dd").getByText(words).first().waitFor();
    await mine.context.close();
    await theirs.context.close();
  });
});

test("a session that ends while somebody types: sign in on the spot, and it is saved", async () => {
  const watched = await as("center", "/issues/new");
  const { page } = watched;
  const title = unique("期限の切れた課題");
  await page.locator("#f-title").fill(title);
  await watched.context.clearCookies();
  await page.locator("#f-present").fill("切れた後に書いた現状");
  await press(page, "課題を登録する");
  const dialog = page.getByRole("dialog");
  await dialog.locator("#password").waitFor();
  await expectSound(watched);
  expect(await page.locator("#f-present").inputValue()).toBe("切れた後に書いた現状");
  await dialog.locator("#password").fill("browser-Test-8");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  await page.locator("#about").getByText("切れた後に書いた現状").waitFor();
  expect(await titled(page, title)).toBe(1);
  await watched.context.close();
});

test("a line that breaks while saving: kept, told, and sent when it is back", async () => {
  const watched = await as("center", "/issues/new");
  const { page } = watched;
  const title = unique("線の切れた課題");
  await page.locator("#f-title").fill(title);
  await watched.context.setOffline(true);
  await press(page, "課題を登録する");
  await page.getByRole("status").getByText("このパソコンに保管").waitFor();
  await watched.context.setOffline(false);
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
  expect(await titled(page, title)).toBe(1);
  await watched.context.close();
});

test("an answer that never arrives and a reload do not make a second record", async () => {
  const watched = await as("center", "/issues/new");
  const { page } = watched;
  const title = unique("答えの届かない課題");
  await page.locator("#f-title").fill(title);
  await page.route("**/api/issues", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await press(page, "課題を登録する");
  await page.getByRole("status").getByText("このパソコンに保管").waitFor();
  await page.unroute("**/api/issues");
  await page.reload();
  expect(await page.locator("#f-title").inputValue()).toBe(title);
  await page.getByText("まだ保存していなかった内容を戻しました").waitFor();
  // The broken line is what this test is about; anything else is a fault.
  watched.faults = watched.faults.filter((fault) => !fault.includes("net::ERR_FAILED"));
  await expectSound(watched);
  await press(page, "課題を登録する");
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  expect(await titled(page, title)).toBe(1);
  // What is saved comes back to nobody.
  await page.goto(`${origin}/issues/new`);
  expect(await page.locator("#f-title").inputValue()).toBe("");
  await watched.context.close();
});

test("a consultation sheet typed without a line is there after a reload and goes out by itself", async () => {
  const watched = await as("station");
  const { page } = watched;
  const subject = unique("線の切れた相談");
  await fillCall(page, subject);
  await page.waitForURL(/draft=/);
  await watched.context.setOffline(true);
  await page.locator("#f-background").fill("線の切れている間に書いた背景");
  await page.getByRole("status").filter({ visible: true }).getByText("このパソコンに保管").first().waitFor();
  await watched.context.setOffline(false);
  await page.reload();
  await expect.poll(() => page.locator("#f-background").inputValue()).toBe("線の切れている間に書いた背景");
  await page.getByRole("status").filter({ visible: true }).getByText("保存済み").first().waitFor();
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.locator("main dd").getByText("線の切れている間に書いた背景").waitFor();
  await watched.context.close();
});

test("two clicks on the button that registers make one record", async () => {
  const watched = await as("center", "/issues/new");
  const { page } = watched;
  const title = unique("二度押した課題");
  await page.locator("#f-title").fill(title);
  await page.getByRole("button", { name: "課題を登録する" }).dblclick();
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  expect(await titled(page, title)).toBe(1);
  await watched.context.close();

  const station = await as("station");
  const subject = unique("二度押した相談");
  await fillCall(station.page, subject);
  await station.page.getByRole("button", { name: "相談を登録する" }).filter({ visible: true }).first().dblclick();
  await station.page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  const answer = await station.page.request.get(`${origin}/api/consultations?limit=10&words=${encodeURIComponent(subject)}`);
  expect(((await answer.json()) as { items: { subject: string }[] }).items.filter((one) => one.subject === subject)).toHaveLength(1);
  await station.context.close();
});

test("a date that cannot be read holds up the form instead of vanishing", async () => {
  const watched = await as("center", "/issues/new");
  const { page } = watched;
  await page.locator("#f-title").fill(unique("読めない日付の課題"));
  await page.locator("#f-due_on").fill("来月あたり");
  await press(page, "課題を登録する");
  const summary = page.getByRole("alert").filter({ hasText: "直すところが1か所あります" });
  await summary.getByRole("link").first().click();
  expect(await page.evaluate("document.activeElement.id")).toBe("f-due_on");
  expect(await page.locator("#f-due_on").inputValue()).toBe("来月あたり");
  await expectSound(watched);
  for (const [typed, understood] of [
    ["令和8年11月22日", "令和8年11月22日(日) 令和8年度"],
    ["R8.11.22", "令和8年11月22日(日) 令和8年度"],
    ["20261122", "令和8年11月22日(日) 令和8年度"],
    ["2027-03-31", "令和9年3月31日(水) 令和8年度"],
  ] as const) {
    await page.locator("#f-due_on").fill(typed);
    await page.getByText(understood).waitFor();
  }
  await press(page, "課題を登録する");
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  await page.locator(".facts").getByText("令和9年3月31日(水)").waitFor();
  await watched.context.close();
});

test("a dialog of the administration comes back after a reload; a password does not", async () => {
  const watched = await as("admin", "/admin/places");
  const { page } = watched;
  await press(page, "窓口を作る");
  await page.getByRole("dialog").locator("#f-name").fill("書きかけの窓口");
  await page.reload();
  await press(page, "窓口を作る");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("まだ保存していなかった内容を戻しました").waitFor();
  expect(await dialog.locator("#f-name").inputValue()).toBe("書きかけの窓口");
  await expectSound(watched);
  await press(page, "戻した内容を捨てる");
  expect(await dialog.locator("#f-name").inputValue()).toBe("");

  await page.goto(`${origin}/admin/users/new`);
  await page.locator("#f-name").fill("架空 三郎");
  await page.locator("#f-password").fill("not-to-be-kept-1");
  await page.reload();
  await page.getByText("まだ保存していなかった内容を戻しました").waitFor();
  expect(await page.locator("#f-name").inputValue()).toBe("架空 三郎");
  expect(await page.locator("#f-password").inputValue()).toBe("");
  expect(await page.evaluate("JSON.stringify(localStorage)")).not.toContain("not-to-be-kept");
  await watched.context.close();
});

test("who the person is: nothing of it is kept on the computer, and leaving asks first", async () => {
  const watched = await as("station");
  const { page } = watched;
  await takeCall(page, unique("本人の情報の相談"));
  const path = pathOf(page);
  await press(page, "本人の情報を書く");
  await page.locator("#f-name").fill("架空 花");
  expect(await page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")).not.toContain("架空 花");

  await page.getByRole("navigation").getByRole("link", { name: "会議" }).click();
  const asks = page.getByRole("dialog");
  await asks.waitFor();
  await asks.getByRole("button", { name: "ここに残る" }).click();
  expect(await page.locator("#f-name").inputValue()).toBe("架空 花");
  expect(pathOf(page)).toBe(path);

  const asked = new Promise<string>((resolve) =>
    page.once("dialog", (dialog) => {
      resolve(dialog.type());
      void dialog.dismiss();
    }),
  );
  void page.reload().catch(() => undefined);
  expect(await asked).toBe("beforeunload");
  expect(await page.locator("#f-name").inputValue()).toBe("架空 花");
  await page.locator("#f-name").press("Enter");
  await page.getByText("書かれています").waitFor();
  await watched.context.close();
});

test("evidence without its reason and a task without owner and day are asked for", async () => {
  const watched = await as("center");
  const { page } = watched;
  await takeCall(page, unique("理由を書く相談"));
  const id = pathOf(page).split("/").at(-1)!;
  await page.goto(`${origin}/issues/new?from=${id}`);
  await page.locator("#f-title").fill(unique("理由のある課題"));
  await press(page, "課題を登録する");
  await page.locator("#f-evidence-0-note-error").waitFor();
  await expectSound(watched);
  await page.locator("#f-evidence-0-note").fill("三日のあいだ誰も来なかった");
  await press(page, "課題を登録する");
  await page.waitForURL(/\/issues\/[0-9a-f-]{36}$/);
  await page.getByText("根拠とした理由: 三日のあいだ誰も来なかった").waitFor();
  await press(page, "理由を書き直す");
  await page.getByRole("dialog").getByRole("textbox").fill("");
  await press(page, "保存する");
  await page.getByRole("dialog").locator(".err").waitFor();
  await page.getByRole("dialog").getByRole("textbox").fill("四日のあいだ誰も来なかった");
  await press(page, "保存する");
  await page.getByText("根拠とした理由: 四日のあいだ誰も来なかった").waitFor();

  await page.goto(`${origin}/meetings/new`);
  await page.locator("#f-body_id").selectOption({ index: 1 });
  await press(page, "宿題を足す");
  await page.locator("#f-tasks-0-title").fill("当番表を作る");
  await press(page, "会議を登録する");
  for (const field of ["owner_name", "due_on"]) await page.locator(`#f-tasks-0-${field}-error`).waitFor();
  await expectSound(watched);
  await page.locator("#f-tasks-0-owner_name").fill("架空 次郎");
  await page.locator("#f-tasks-0-due_on").fill("R8.12.1");
  await press(page, "会議を登録する");
  await page.waitForURL(/\/meetings\/[0-9a-f-]{36}$/);
  await page.getByText("当番表を作る").first().waitFor();
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// A call is written down with the keyboard alone, found again, and printed on one sheet of A4.
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser } from "./browser";
import type { Page } from "playwright-core";

afterAll(stopBrowser);

/** What the field with the focus is called: its own label, or that of the group it belongs to. */
const focused = `(() => {
  const element = document.activeElement;
  const byId = (ids) => (ids ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const group = element.closest("[role=radiogroup],[role=group],fieldset");
  return [
    element.getAttribute("aria-label"),
    byId(element.getAttribute("aria-labelledby")),
    element.labels?.[0]?.textContent,
    group && (group.getAttribute("aria-label") ?? ""),
    group && byId(group.getAttribute("aria-labelledby")),
    group?.querySelector("legend")?.textContent,
  ].join(" ");
})()`;

async function tabTo(page: Page, label: RegExp): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < 150; ++i) {
    const name = (await page.evaluate(focused)) as string;
    if (label.test(name)) return;
    seen.push(name.replace(/\s+/g, " ").trim());
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${String(label)}; it met ${seen.join(" | ")}`);
}

test("a coordinator registers a consultation without touching the mouse", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station");
  await page.keyboard.press("n");
  await page.waitForURL("**/consultations/new");
  await page.locator("main input[type=radio]").first().waitFor();

  await tabTo(page, /相談者名/);
  await page.keyboard.type("架空 太郎");
  await page.keyboard.press("Escape");
  await tabTo(page, /相談者の主業務/);
  await page.keyboard.press("1");
  await tabTo(page, /相談方法/);
  await page.keyboard.press("1");
  await tabTo(page, /主訴/);
  await page.keyboard.type("退院後に吸引のできる訪問看護を探している。髙・𠮷・①も残る。");
  await tabTo(page, /件名/);
  await page.keyboard.type("吸引のできる訪問看護");
  await tabTo(page, /内容\s*必須/);
  await page.keyboard.press("1");
  await tabTo(page, /支援内容/);
  await page.keyboard.press("Space");
  await tabTo(page, /場面/);
  await page.keyboard.press("Space");
  // The writing began with the caller; the one required field that was passed over is a key away.
  await page.keyboard.press("Alt+j");
  expect(await page.evaluate(focused)).toMatch(/相談種別/);
  await page.keyboard.press("1");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1 }).filter({ hasText: "吸引のできる訪問看護" }).waitFor();
  expect(await page.locator("main").innerText()).toContain("髙・𠮷・①も残る。");
  await expectSound(watched);

  // One sheet of A4, as it would be filed.
  await page.goto(`${page.url()}/print`);
  await page.getByText("相談内容シート").first().waitFor();
  const pdf = (await page.pdf({ format: "A4", printBackground: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1);
  await watched.context.close();
});

test("pressing register too early names every missing field and keeps what was typed", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/consultations/new");
  await tabTo(page, /主訴/);
  await page.keyboard.type("書きかけの主訴");
  await page.keyboard.press("Control+Enter");
  const summary = page.getByRole("alert").first();
  await summary.waitFor();
  expect(await summary.innerText()).toContain("相談者名");
  await page.reload();
  await expect
    .poll(() => page.locator("textarea").evaluateAll((areas) => areas.map((area) => (area as HTMLTextAreaElement).value)))
    .toContain("書きかけの主訴");
  await watched.context.close();
});

test("every figure of the month table leads to its cases", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/analysis/months");
  const cell = page.locator("table.months a").filter({ hasText: /^[1-9]\d*$/ }).first();
  await cell.waitFor();
  const count = Number(await cell.innerText());
  await cell.click();
  const panel = page.locator("section.cases");
  await panel.getByText(`${count}件`).first().waitFor();
  await expectSound(watched);
  await panel.getByRole("link").first().click();
  await page.waitForURL(/consultations/);
  await page.getByText(`${count}件`).first().waitFor();
  await watched.context.close();
});

/** Counts what the fingers do, and every touch of a mouse. */
async function counted(page: Page) {
  await page.evaluate(`(() => { window.touches = 0; addEventListener("pointerdown", () => window.touches++, true); })()`);
  let keys = 0;
  let letters = 0;
  return {
    async press(...names: string[]) {
      for (const name of names) {
        keys += 1;
        await page.keyboard.press(name);
      }
    },
    async type(text: string) {
      letters += [...text].length;
      await page.keyboard.type(text);
    },
    /** From the palette of all codes: some letters, Enter. */
    async code(words: string, chosen: string) {
      await this.type(words);
      const first = page.getByRole("dialog").getByRole("option").first();
      await expect.poll(() => first.innerText()).toContain(chosen);
      await this.press("Enter");
    },
    touches: () => page.evaluate("window.touches"),
    sum: () => ({ keys, letters }),
  };
}

/** Drafts of other tests would stand in the strip too. */
async function throwDraftsAway(page: Page): Promise<void> {
  const { csrf_token } = (await (await page.request.get(`${origin}/api/session`)).json()) as { csrf_token: string };
  const { items } = (await (await page.request.get(`${origin}/api/consultations/begun`)).json()) as { items: { id: string }[] };
  for (const { id } of items) expect((await page.request.delete(`${origin}/api/consultations/${id}`, { headers: { "X-CSRF-Token": csrf_token } })).status()).toBe(204);
}

const request =
  "先週から担当になった82歳の女性。ひとり暮らしで、要介護1。ヘルパーの訪問を断り続けている。物忘れが増え、冷蔵庫に期限切れの食品が多い。2年ほど医者にかかっておらず、主治医意見書は健診の医師が書いた。県外の長女から「一度診てほしい」と電話があった。往診してくれる医師を探している。";

test("a real call from the first key to the number: no mouse, any order, nothing typed twice", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/analysis/months");
  await page.locator("table.months").waitFor();
  const began = Date.now();
  const hands = await counted(page);
  await hands.press("n");
  await page.waitForURL("**/consultations/new");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-caller_name");

  // Two letters of the reading bring the caller with everything that is known.
  await hands.type("へん");
  await page.getByRole("option", { name: /邉見/ }).waitFor();
  await hands.press("ArrowDown", "Enter");
  for (const [field, value] of [["name", "邉見 由佳"], ["kana", "へんみ ゆか"], ["affiliation", "みどり野居宅介護支援事業所"], ["phone", "000-234-5678"], ["contact", "mobile"]])
    await expect.poll(() => page.locator(`#f-caller_${field}`).inputValue()).toBe(value);

  // What is said first is written first; the codes come afterwards, in the order in which they come to mind.
  await hands.press("Alt+r");
  await hands.type(request);
  await hands.press("Alt+k");
  for (const [words, chosen] of [
    ["事業所", "医療機関やサービス事業所"], ["電話", "電話"], ["独居", "独居"], ["80歳代前半", "80歳代前半"], ["要介護1", "要介護1"],
    ["往診", "往診・訪問診療を探す"], ["要素 認知症", "認知症"], ["機関紹介", "機関紹介"], ["日常", "日常の療養支援"],
  ] as const) await hands.code(words, chosen);
  await hands.press("Escape");
  expect(await page.locator("#f-topic").isChecked()).toBe(true);

  // A phrase of the desk, at the cursor; the gap in it is filled in at once.
  await page.locator("#f-support_text").focus();
  await hands.press("Alt+p");
  await hands.type("おり");
  await page.getByRole("option", { name: /折り返しの約束/ }).waitFor();
  await hands.press("Enter");
  await expect.poll(() => page.locator("#f-support_text").inputValue()).toContain("折り返すと伝えた");
  await hands.type("診療所2か所");
  expect(await page.locator("#f-support_text").inputValue()).toContain("診療所2か所に確かめ");

  // What has not been asked stands beside; one is ticked by hand.
  const asked = page.locator("#asked");
  const openBefore = await asked.locator(".open li").count();
  await hands.press("Alt+q");
  while ((await page.evaluate("document.activeElement.type")) !== "checkbox") await hands.press("ArrowDown");
  await hands.press("Space");
  await expect.poll(() => asked.locator(".open li").count()).toBe(openBefore - 1);

  await hands.press("Alt+t");
  await hands.press("Alt+j");
  await page.getByText("必須の欄はすべて書けています").waitFor();
  await page.getByRole("status").filter({ visible: true }).getByText("保存済み").first().waitFor();
  await expectSound(watched);
  await hands.press("Control+Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  const seconds = (Date.now() - began) / 1000;

  const id = page.url().split("/").at(-1)!;
  const { sheet } = (await (await page.request.get(`${origin}/api/consultations/${id}`)).json()) as { sheet: Record<string, unknown> };
  const fields = Object.values(sheet).filter((value) => (Array.isArray(value) ? value.length > 0 : value !== null && value !== ""));
  expect(sheet).toMatchObject({ caller_kana: "へんみ ゆか", topic: "resources", subtopic: "find_physician", household: "alone", method: "phone", request });
  expect((sheet.asked as string[]).length).toBe(1);
  expect(fields.length).toBeGreaterThanOrEqual(22);
  expect(await hands.touches()).toBe(0);
  const { keys, letters } = hands.sum();
  console.log(`intake by keyboard alone: ${fields.length} fields, ${keys} keys and ${letters} letters (${[...request].length} of them the request), ${seconds.toFixed(1)} s of machine time, 0 touches of the mouse`);
  expect(keys).toBeLessThanOrEqual(45);
  await watched.context.close();
});

test("a second call comes in while the first is half written: both stay, one key apart", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center");
  await throwDraftsAway(page);
  await page.keyboard.press("n");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-caller_name");
  await page.keyboard.type("一件目 花子");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+r");
  await page.keyboard.type("一件目の途中で");
  // At once, without waiting for anything to be saved.
  await page.keyboard.press("Alt+n");
  await expect.poll(() => page.locator("#f-request").inputValue()).toBe("");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-caller_name");
  const strip = page.getByRole("navigation", { name: "書きかけの相談" });
  await strip.getByText("一件目 花子").waitFor();
  await page.keyboard.type("二件目 次郎");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Alt+r");
  await page.keyboard.type("二件目の用件");
  await page.waitForURL(/draft=/);
  await expectSound(watched);

  await page.keyboard.press("Alt+1");
  await expect.poll(() => page.locator("#f-request").inputValue()).toBe("一件目の途中で");
  expect(await page.locator("#f-caller_name").inputValue()).toBe("一件目 花子");
  await page.locator("#f-request").press("End");
  await page.keyboard.type("戻った");
  await page.keyboard.press("Alt+2");
  await expect.poll(() => page.locator("#f-request").inputValue()).toBe("二件目の用件");
  await page.keyboard.press("Alt+1");
  await expect.poll(() => page.locator("#f-request").inputValue()).toBe("一件目の途中で戻った");

  // A third one begins while the line is down: it is told, kept unreadable, and goes out by itself.
  await watched.context.setOffline(true);
  await page.keyboard.press("Alt+n");
  await expect.poll(() => page.locator("#f-request").inputValue()).toBe("");
  await page.keyboard.type("三件目 三郎");
  await page.keyboard.press("Escape");
  await page.getByRole("status").filter({ visible: true }).getByText("まだサーバーにありません このパソコンに保管").first().waitFor();
  await expect.poll(() => page.evaluate("JSON.stringify(localStorage)")).toContain(".draft.new:");
  const kept = (await page.evaluate("JSON.stringify(localStorage)")) as string;
  for (const words of ["三件目", "caller_name"]) expect(kept).not.toContain(words);
  await watched.context.setOffline(false);
  await page.waitForURL(/draft=/);
  await page.getByRole("status").filter({ visible: true }).getByText("保存済み").first().waitFor();

  const { items } = (await (await page.request.get(`${origin}/api/consultations/begun`)).json()) as { items: { id: string; caller_name: string; request: string }[] };
  expect(items.map((one) => one.caller_name)).toEqual(["一件目 花子", "二件目 次郎", "三件目 三郎"]);
  expect(items[0]!.request).toBe("一件目の途中で戻った");
  watched.faults = watched.faults.filter((fault) => !fault.includes("net::ERR_INTERNET_DISCONNECTED"));
  await expectSound(watched);

  // Signed out, nothing of it is left on the computer, whatever had not gone out.
  await watched.context.setOffline(true);
  await page.keyboard.press("Alt+n");
  await page.keyboard.type("四件目 四郎");
  await expect.poll(() => page.evaluate("JSON.stringify(localStorage)")).toContain(".draft.new:");
  await watched.context.setOffline(false);
  await page.locator("header .end button[aria-haspopup=menu]").click();
  await page.getByRole("menuitem", { name: "サインアウト" }).click();
  await page.locator("#login").waitFor();
  expect(await page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")).not.toMatch(/\.draft\.|四件目/);
  await watched.context.close();
});

test("a desk keeps its own phrases", async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "station", "/phrases");
  await page.getByRole("heading", { level: 1, name: "定型文" }).waitFor();
  await page.getByRole("row").filter({ hasText: "折り返しの約束" }).waitFor();
  await expectSound(watched);
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog");
  await dialog.waitFor();
  await page.getByRole("button", { name: "保存" }).click();
  await dialog.getByText("書いてください").first().waitFor();
  await dialog.locator("#f-name").fill("見学の案内");
  await dialog.locator("#f-kana").fill("けんがく");
  await dialog.locator("#f-text").fill("〇〇の見学を案内した。");
  await expectSound(watched);
  await page.getByRole("button", { name: "保存" }).click();
  await dialog.waitFor({ state: "detached" });
  const row = page.getByRole("row").filter({ hasText: "見学の案内" });
  await row.getByRole("button", { name: /直す/ }).click();
  await dialog.locator("#f-text").fill("〇〇の見学を案内し、日を決めた。");
  await page.getByRole("button", { name: "保存" }).click();
  await row.getByText("日を決めた").waitFor();
  await row.getByRole("button", { name: /消す/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "消す" }).click();
  await row.waitFor({ state: "detached" });
  await watched.context.close();
});

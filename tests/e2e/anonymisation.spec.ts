// SPDX-License-Identifier: Apache-2.0
// A case is anonymised with the keyboard alone, from the record to the printed copy; the record stays as it is.
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const request = "試験 太郎様(昭和13年5月3日生)の件で、ひまわり先生こと野原医師より電話。折り返しは０４７－３６６－１２３４。長女の花子さんは梨の花訪問看護ステーション勤務。合言葉はみかん。";

/** The page's own session asks the server. */
async function ask(page: Page, method: string, path: string, body?: unknown, version?: number) {
  return (await page.evaluate(
    `(async () => {
      const session = await (await fetch('/api/session')).json();
      const answer = await fetch(${JSON.stringify(path)}, {
        method: ${JSON.stringify(method)},
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf_token ?? session.csrf${version === undefined ? "" : `, 'If-Match': '"${version}"'`} },
        body: ${body === undefined ? "undefined" : JSON.stringify(JSON.stringify(body))},
      });
      return { session, status: answer.status, json: await answer.json() };
    })()`,
  )) as { session: { user_id: string }; status: number; json: Record<string, unknown> & { id: string; version: number } };
}

async function newCase(page: Page): Promise<string> {
  const { session } = await ask(page, "GET", "/api/session");
  const sheet = { kind: "provision", receiver_id: session.user_id, caller_name: "相談 次郎", supports: ["information"], received_on: "2026-11-16", caller_profession: "care_manager", method: "phone", subject: "訪問診療を探している", request, background: "独居。87歳。", topic: "fees", scenes: ["daily"], urgency: "normal" };
  const made = await ask(page, "POST", "/api/consultations", { sheet });
  expect(made.status).toBe(201);
  const person = await ask(page, "PUT", `/api/consultations/${made.json.id}/person`, { name: "試験 太郎", kana: "しけん たろう", born_on: "1938-05-03", address: "", phone: "047-366-1234" }, made.json.version);
  expect(person.status).toBe(200);
  return made.json.id;
}

async function tabTo(page: Page, name: RegExp, most = 80) {
  for (let i = 0; i < most; i += 1) {
    const now = (await page.evaluate("document.activeElement?.labels?.[0]?.innerText || document.activeElement?.innerText || ''")) as string;
    if (name.test(now)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no ${name} within ${most} tabs`);
}

test("found, decided mark by mark, kept beside the record, printed and taken along", async () => {
  const watched = await openPage();
  const { page, context } = watched;
  await signIn(page, "station", "/consultations");
  const id = await newCase(page);
  await page.goto(new URL(`/consultations/${id}`, page.url()).href);
  await page.locator("#anonymised").getByText("匿名化した写しはまだありません。").waitFor();
  await tabTo(page, /^匿名化する$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "匿名化", level: 1 }).waitFor();
  const panel = page.getByRole("complementary", { name: "いまの印" });
  await panel.waitFor();
  await expectSound(watched);
  const marked = () => page.locator("[data-field=request] .id-mark").allInnerTexts();
  for (const words of ["試験 太郎様", "昭和13年5月3日", "０４７－３６６－１２３４", "野原", "花子さん", "梨の花訪問看護ステーション"]) expect(await marked()).toContain(words);
  expect(await page.locator("[data-field=background] .id-mark").allInnerTexts()).toEqual(["87歳"]);

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog");
  await expect.poll(() => keys.innerText()).toMatch(/置き換える[^]*そのまま残す[^]*手で印を付ける/);
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "detached" });

  // Nothing is kept while something is undecided.
  await page.keyboard.press("Control+Enter");
  await page.getByRole("alert").filter({ hasText: "決めるまで保存できません" }).waitFor();

  // The name: changed to another word, then on with Enter.
  await panel.locator(".mark-what b").getByText("本人の氏名").waitFor();
  await panel.getByText("本人の情報から").waitFor();
  await page.keyboard.press("c");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-replacement");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("甲さん");
  await page.keyboard.press("Enter");
  // The day of birth stays only with a reason.
  await panel.locator(".mark-what b").getByText("生年月日").waitFor();
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("l");
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-keep-reason");
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.getByText("書いてください。").waitFor();
  await page.keyboard.type("試験のため");
  await page.keyboard.press("Enter");
  await page.evaluate("document.activeElement.blur()");
  await page.keyboard.press("a");
  // What nothing finds is selected and marked by hand.
  await page.keyboard.press("m");
  const own = page.getByRole("dialog", { name: "手で印を付ける" });
  await own.waitFor();
  await own.getByLabel("項目").selectOption("request");
  await own.locator("#own-words").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Shift+ArrowLeft");
  await own.getByText("選んだ言葉: みかん").waitFor();
  await expectSound(watched);
  await tabTo(page, /置き換える言葉/);
  await page.keyboard.type("〇〇");
  await own.getByRole("button", { name: "印を付ける" }).focus();
  await page.keyboard.press("Enter");
  await own.waitFor({ state: "detached" });
  // The rest as it was proposed, kind by kind.
  for (let i = 0; i < 20 && !(await panel.getByText("すべて決まりました").isVisible()); i += 1) {
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("k");
  }
  await panel.getByText("すべて決まりました").waitFor();
  await expectSound(watched);
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/anonymised$/);

  const copy = page.locator(".anonymised-copy");
  await copy.waitFor();
  await expectSound(watched);
  const text = await copy.innerText();
  expect(text).toContain("甲さん");
  expect(text).toContain("[電話番号]");
  expect(text).toContain("昭和13年5月3日");
  expect(text).toContain("合言葉は〇〇。");
  expect(text).toContain("80代後半");
  for (const words of ["太郎", "３６６", "花子", "野原", "梨の花", "87歳", "みかん", "相談 次郎"]) expect(text).not.toContain(words);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "文章をコピーする" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("コピーしました。").waitFor();
  const taken = (await page.evaluate("navigator.clipboard.readText()")) as string;
  expect(taken).toContain("【主訴(相談内容)】");
  expect(taken).not.toContain("太郎");
  const pdf = (await page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page[^s]/g)?.length).toBe(1);

  // The record is what it was, and says that there is a copy; when its words change, the copy is out of date.
  await page.goto(new URL(`/consultations/${id}`, page.url()).href);
  const section = page.locator("#anonymised");
  await section.getByText(/確認 髙田 恵/).waitFor();
  await page.getByText(request).first().waitFor();
  await expectSound(watched);
  const record = await ask(page, "GET", `/api/consultations/${id}`);
  const changed = await ask(page, "PUT", `/api/consultations/${id}`, { ...(record.json.sheet as object), request: `${request}追記。` }, record.json.version);
  expect(changed.status).toBe(200);
  await page.reload();
  await section.getByText("相談票がその後書き直されています。").waitFor();
  await context.close();
});

test("what was decided survives a reload, and what the server refuses stands at its mark", async () => {
  const watched = await openPage();
  const { page, context } = watched;
  await signIn(page, "station", "/consultations");
  const id = await newCase(page);
  await page.goto(new URL(`/consultations/${id}/anonymise`, page.url()).href);
  const panel = page.getByRole("complementary", { name: "いまの印" });
  await panel.locator(".mark-what b").getByText("本人の氏名").waitFor();
  const marked = () => page.locator("[data-field=request] .id-mark").allInnerTexts();
  const found = await marked();
  await page.keyboard.press("c");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("甲さん");
  await page.keyboard.press("Enter");
  await page.evaluate("document.activeElement.blur()");
  // A mark by hand over two that were found; taken off, both are back.
  await page.keyboard.press("m");
  const own = page.getByRole("dialog", { name: "手で印を付ける" });
  await own.getByLabel("項目").selectOption("request");
  await own.locator("#own-words").focus();
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 12; i += 1) await page.keyboard.press("Shift+ArrowRight");
  await own.getByRole("button", { name: "印を付ける" }).click();
  await own.waitFor({ state: "detached" });
  await expect.poll(marked).toHaveLength(found.length - 1);
  // What is kept on this computer is encrypted in its own time.
  await page.waitForTimeout(500);
  await page.reload();
  await expect.poll(marked).toHaveLength(found.length - 1);
  await page.locator("[data-field=request] .id-mark").first().click();
  await panel.getByText("手で付けた印").waitFor();
  await panel.getByRole("button", { name: "この印を取る" }).click();
  await expect.poll(marked).toEqual(found);
  expect(await page.locator("[data-field=request] .id-mark.replace").allInnerTexts()).toEqual([found[0]]);

  for (let i = 0; i < 20 && !(await panel.getByText("すべて決まりました").isVisible()); i += 1) {
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("k");
  }
  // The name is to be replaced by the name itself: the server asks for a reason, the page for other words.
  await page.locator("[data-field=request] .id-mark").first().click();
  await panel.getByLabel("置き換える言葉").fill(found[0]!);
  await page.keyboard.press("Control+Enter");
  await panel.getByText(/元の言葉と同じです/).waitFor();
  await page.getByRole("alert").getByRole("button", { name: `「${found[0]}」` }).waitFor();
  await expect.poll(() => page.evaluate("document.activeElement?.id")).toBe("f-replacement");
  expect(await panel.getByLabel("置き換える言葉").getAttribute("aria-invalid")).toBe("true");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("甲さん");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL(/\/anonymised$/);
  await context.close();
});

test("readable on a phone, and in English", async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page, context } = watched;
  await context.addInitScript('localStorage.setItem("tsunagi.language", "en")');
  await signIn(page, "station", "/consultations");
  const id = await newCase(page);
  await page.goto(new URL(`/consultations/${id}/anonymise`, page.url()).href);
  const panel = page.getByRole("complementary", { name: "The mark in hand" });
  await panel.waitFor();
  await expectSound(watched);
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await panel.getByText(/ undecided$/).first().waitFor();
  await panel.getByRole("button", { name: "Replace", exact: true }).click();
  await panel.locator(".mark-what b").getByText("Day of birth").waitFor();
  await context.close();
});

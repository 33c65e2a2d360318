// SPDX-License-Identifier: Apache-2.0
// Files of a case: chosen, pasted and dragged; a refused kind; a preview; the same bytes back; a line lost on the way; a
// file withdrawn and put back.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==", "base64");
const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Looks like a PDF at its beginning, and every part of it is another. */
function pdf(size: number, mark: string): Buffer {
  const bytes = Buffer.alloc(size, `${mark} `);
  bytes.write("%PDF-1.4\n");
  for (let at = 64; at + 4 < size; at += 4096) bytes.writeUInt32LE(at, at);
  return bytes;
}

async function openCase(page: Page, number = 0) {
  // The oldest first: what other tests register comes behind.
  await signIn(page, "station", "/consultations?fiscal_year=2026&state=open&sort=received_on");
  await page.locator("tbody tr").nth(number).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/consultations\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { name: "添付", exact: true }).waitFor();
  return page.locator("#attachments");
}

const line = (page: Page, name: string) => page.locator(".file-list > li").filter({ hasText: name });

test("several chosen at once come back byte by byte, one is withdrawn and put back", async () => {
  const watched = await openPage();
  const { page } = watched;
  const section = await openCase(page);
  await section.getByText(/引いてくるか貼り付けると付きます/).waitFor();
  const large = pdf(2_600_000, "first");
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("t");
  await (await choosing).setFiles([
    { name: "連絡票 1.pdf", mimeType: "application/pdf", buffer: large },
    { name: "写真.png", mimeType: "image/png", buffer: png },
  ]);
  await line(page, "連絡票 1.pdf").waitFor();
  await line(page, "写真.png").waitFor();
  await section.getByText(/2件/).waitFor();
  await expectSound(watched);

  const coming = page.waitForEvent("download");
  await section.getByRole("link", { name: "ダウンロード 連絡票 1.pdf" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("連絡票 1.pdf");
  expect(digest(await readFile((await download.path())!))).toBe(digest(large));

  await section.getByRole("button", { name: "写真.png", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "写真.png" });
  await expect.poll(() => dialog.locator("img").evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
  await expectSound(watched);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });

  await section.getByRole("button", { name: "説明を書く 写真.png" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("玄関の段差");
  await page.keyboard.press("Enter");
  await line(page, "写真.png").getByText("玄関の段差").waitFor();

  await section.getByRole("button", { name: "取り消す 写真.png" }).click();
  const asking = page.getByRole("dialog");
  await asking.getByRole("button", { name: "取り消す" }).click();
  await asking.getByText("書いてください。").waitFor();
  await asking.getByRole("textbox").fill("別の家の写真だった");
  await page.keyboard.press("Enter");
  await line(page, "写真.png").getByText(/別の家の写真だった/).waitFor();
  await expectSound(watched);
  await page.getByRole("button", { name: "元に戻す", exact: true }).click();
  await section.getByRole("link", { name: "ダウンロード 写真.png" }).waitFor();
  await watched.context.close();
});

test("what is dragged onto the page or pasted is attached, and what is no document is refused in words", async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  const section = await openCase(page, 1);
  await section.getByRole("button", { name: "写真を撮る" }).waitFor();
  const give = (kind: "drop" | "paste", name: string, text: string) =>
    page.evaluate(
      `(() => { const data = new DataTransfer(); data.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
        const event = ${kind === "drop" ? "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })" : "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })"};
        document.body.dispatchEvent(event); })()`,
    );
  await give("drop", "引いた.pdf", "%PDF-1.4 dragged");
  await line(page, "引いた.pdf").waitFor();
  await give("paste", "貼った.txt", "pasted");
  await line(page, "貼った.txt").waitFor();
  await give("drop", "頁.html", "<!DOCTYPE html><html><script>1</script></html>");
  await section.getByRole("alert").filter({ hasText: "この種類のファイルは付けられません" }).waitFor();
  await section.getByRole("button", { name: "付けない 頁.html" }).click();
  await give("drop", "写し.jpg", "%PDF-1.4 named wrong");
  await section.getByRole("alert").filter({ hasText: "拡張子)と中身が違います。中身はPDFです" }).waitFor();
  await expectSound(watched);
  await section.getByRole("button", { name: "付けない 写し.jpg" }).click();
  await give("drop", "また.pdf", "%PDF-1.4 dragged");
  await section.getByRole("alert").filter({ hasText: "「引いた.pdf」がもう付いています" }).waitFor();
  await section.getByRole("button", { name: "それでも付ける" }).click();
  await line(page, "また.pdf").waitFor();
  const wide = (await page.evaluate("document.documentElement.scrollWidth")) as number;
  expect(wide).toBeLessThanOrEqual(390);
  await watched.context.close();
});

test("a line lost in the middle: the rest is sent when it is back", async () => {
  const watched = await openPage();
  const { page } = watched;
  const section = await openCase(page, 2);
  const parts: string[] = [];
  let cut = true;
  await page.route("**/api/uploads/*/parts/*", async (route) => {
    const number = route.request().url().split("/").pop()!;
    if (cut && number === "1") return route.abort("connectionreset");
    parts.push(number);
    return route.continue();
  });
  const bytes = pdf(3_300_000, "lost");
  const choosing = page.waitForEvent("filechooser");
  await section.getByRole("button", { name: "ファイルを選ぶ" }).click();
  await (await choosing).setFiles([{ name: "途中.pdf", mimeType: "application/pdf", buffer: bytes }]);
  await section.getByRole("alert").filter({ hasText: "回線が切れて途中で止まりました" }).waitFor({ timeout: 20_000 });
  expect(parts).toEqual(["0"]);
  cut = false;
  await section.getByRole("button", { name: "続きを送る" }).click();
  await line(page, "途中.pdf").waitFor();
  expect(parts).toEqual(["0", "1", "2", "3"]);
  const coming = page.waitForEvent("download");
  await section.getByRole("link", { name: "ダウンロード 途中.pdf" }).click();
  expect(digest(await readFile((await (await coming).path())!))).toBe(digest(bytes));
  expect(watched.faults.filter((fault) => !/ERR_CONNECTION_RESET/.test(fault))).toEqual([]);
  await watched.context.close();
});

// SPDX-License-Identifier: Apache-2.0
// Lists of the whole country: a file is compared, taken in, and then fills an address.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, press, signIn, stopBrowser } from "./browser";

afterAll(stopBrowser);

const town = (seven: string, name: string) => `99101,"999  ","${seven}","ｶｸｳｹﾝ","ｼｵﾐｼﾋｶﾞｼｸ","ﾏﾁ","潮路県","汐見市東区","${name}",0,0,0,0,0,0\n`;

test("postal codes are compared, taken in, and fill the address of a place", { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "tsunagi-localities-"));
  const admin = await openPage();
  await signIn(admin.page, "admin", "/admin/localities");
  await admin.page.getByRole("cell", { name: "まだ読み込んでいません" }).first().waitFor();
  await expectSound(admin);

  const other = join(folder, "other.csv");
  writeFileSync(other, "a,b\n1,2\n");
  await admin.page.locator("#locality-file").setInputFiles(other);
  await admin.page.getByText("どの一覧でもないようです").waitFor();
  const broken = join(folder, "broken.csv");
  writeFileSync(broken, town("9990011", "架空北浜") + town("99900", "架空南浜"));
  await admin.page.locator("#locality-file").setInputFiles(broken);
  await admin.page.getByText("2行目: 郵便番号ではありません(99900)").waitFor();
  await expectSound(admin);

  const right = join(folder, "utf_ken_all.csv");
  writeFileSync(right, town("9990011", "架空北浜（１～１９丁目、") + town("9990011", "その他）") + town("9990012", "架空南浜"));
  await admin.page.locator("#locality-file").setInputFiles(right);
  await admin.page.getByText("新しく入るもの 2件").waitFor();
  await expectSound(admin);
  await press(admin.page, "この内容で取り込む");
  await admin.page.getByRole("cell", { name: "utf_ken_all.csv", exact: true }).waitFor();
  await admin.page.locator("#locality-file").setInputFiles(right);
  await admin.page.getByText("いまの内容と同じです").waitFor();
  await expectSound(admin);
  await press(admin.page, "読み込んだ日だけ新しくする");
  await admin.page.getByRole("button", { name: "取り消す utf_ken_all.csv" }).click();
  await admin.page.getByRole("dialog").getByRole("button", { name: "取り消す" }).click();
  await admin.page.getByText("読み込む前の内容に戻しました。").waitFor();
  await admin.page.getByRole("cell", { name: "utf_ken_all.csv", exact: true }).waitFor();
  await expectSound(admin);
  await admin.context.close();

  const center = await openPage();
  await signIn(center.page, "center", "/own-places/new");
  await center.page.locator("#postal-code").fill("９９９－００１３");
  await center.page.getByText("この郵便番号の町は見つかりません").waitFor();
  await center.page.locator("#postal-code").fill("999-0011");
  await center.page.getByRole("button", { name: "「潮路県汐見市東区架空北浜」を住所に入れる" }).click();
  expect(await center.page.locator("#f-address").inputValue()).toBe("潮路県汐見市東区架空北浜");
  expect(await center.page.locator("#f-municipality_code").inputValue()).toBe("991015");
  await expectSound(center);
  await center.context.close();
});

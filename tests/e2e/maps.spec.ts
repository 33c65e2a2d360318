// SPDX-License-Identifier: Apache-2.0
// Places on a map: the same as in the list, nearest first from a spot, a card on paper, boundaries of the administrator, and
// the page for everybody that an officer switches on.
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { expectSound, openPage, origin, press, signIn, stopBrowser } from "./browser";
import { archiveOfWater } from "./tiles_archive";

afterAll(stopBrowser);

test("found by need, on the map and nearest first", { timeout: 240_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  const outside: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) outside.push(request.url());
  });
  await signIn(page, "center", "/resources?service=130&treatment=home_oxygen,ventilator,opioid_pca,terminal");
  await page.getByRole("link", { name: "訪問看護ステーションみなもと" }).waitFor();
  await page.getByText("在宅酸素").first().waitFor();
  await expectSound(watched);

  await page.getByRole("link", { name: "地図", exact: true }).click();
  await page.waitForURL(/\/resources\/map/);
  await page.locator(".leaflet-overlay-pane canvas").waitFor();
  await page.locator(".map-list").getByRole("link", { name: "訪問看護ステーションみなもと" }).waitFor();
  expect(await page.locator(".map-list li").count()).toBe(1);
  await page.getByText("境界と町・駅の名前は架空です").waitFor();
  expect(await page.getByText("駅データ").count()).toBe(0);
  await expectSound(watched);

  // Everything of the city: gathered on the map, one by one in the list.
  await page.goto(`${origin}/resources/map?municipality=991007`);
  await expect.poll(() => page.locator(".map-list li").count()).toBeGreaterThan(100);
  await page.locator(".map-legend").getByText("医療機関").waitFor();
  // By the keyboard alone: the map takes the focus, comes closer and shows fewer.
  const before = await page.locator(".map-list li").count();
  await page.locator(".map").focus();
  await expect
    .poll(async () => {
      await page.keyboard.press("+"); // a key is passed over while the map still moves
      return page.locator(".map-list li").count();
    }, { interval: 500 })
    .toBeLessThan(before);
  await press(page, "全体");
  await expectSound(watched);

  // From a station.
  await press(page, "場所を決めて近い順に探す");
  await page.locator("#f-near").fill("汐見駅");
  await page.getByRole("dialog").getByRole("button", { name: "汐見駅" }).click();
  await page.getByRole("button", { name: /「汐見駅」から/ }).waitFor();
  await page.getByRole("link", { name: "一覧", exact: true }).click();
  await page.getByRole("columnheader", { name: "直線距離" }).waitFor();
  const distances = (await page.locator("tbody td").allInnerTexts()).map((one) => /^([\d.]+)km$/.exec(one.trim())?.[1]).filter(Boolean).map(Number);
  expect(distances.length).toBeGreaterThan(20);
  expect([...distances].sort((a, b) => a - b)).toEqual(distances);
  await expectSound(watched);
  expect(outside, "nothing is fetched from elsewhere").toEqual([]);

  // The card.
  await page.goto(`${origin}/resources?words=${encodeURIComponent("みなもと")}&municipality=all`);
  await page.getByRole("link", { name: "訪問看護ステーションみなもと" }).click();
  await page.getByRole("link", { name: "資源カード" }).click();
  await page.getByRole("heading", { name: "訪問看護ステーションみなもと", level: 1 }).waitFor();
  await page.getByText("16時以降がつながりやすい").waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(() => document.documentElement.scrollHeight / document.documentElement.clientWidth), "one sheet of A4").toBeLessThan(1.5);
  await page.emulateMedia({ media: "screen" });
  await expectSound(watched);
  await watched.context.close();
});

test("on a phone nothing is cut off", { timeout: 60_000 }, async () => {
  const watched = await openPage({ width: 390, height: 844 });
  const { page } = watched;
  await signIn(page, "station", "/resources/map");
  await page.locator(".leaflet-overlay-pane canvas").waitFor();
  await expect.poll(() => page.locator(".map-list li").count()).toBeGreaterThan(10);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectSound(watched);
  await watched.context.close();
});

test("an administrator imports boundaries and takes them back", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "admin", "/admin/maps");
  await page.getByRole("rowheader", { name: "boundaries.geojson" }).waitFor();
  const folder = mkdtempSync(join(tmpdir(), "tsunagi-maps-"));
  const ring = [[141.4, 35.6], [141.5, 35.6], [141.5, 35.7], [141.4, 35.6]];
  const name = join(folder, "99362.geojson");
  writeFileSync(name, JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", properties: { name: "架空の隣町" }, geometry: { type: "Polygon", coordinates: [ring] } }] }));
  await page.locator("#map-file").setInputFiles(name);
  await page.getByText("新しく入るもの 1件").waitFor();
  await expectSound(watched);
  await press(page, "この内容で取り込む");
  await page.getByRole("rowheader", { name: "99362.geojson" }).waitFor();
  const towns = join(folder, "towns.csv");
  writeFileSync(towns, "town,lat,lng\n架空一丁目,35.6,141.4\n架空二丁目,,\n");
  await page.locator("#map-file").setInputFiles(towns);
  await page.getByText("1行は、取り込みから除きます").waitFor();
  await press(page, "やめる");
  const other = join(folder, "other.csv");
  writeFileSync(other, "a,b\n1,2\n");
  await page.locator("#map-file").setInputFiles(other);
  await page.getByText("地図に使えるファイルではありません").waitFor();
  await expectSound(watched);
  await page.getByRole("row", { name: /99362/ }).getByRole("button").click();
  await page.getByRole("dialog").getByRole("button", { name: "消す" }).click();
  await page.getByRole("rowheader", { name: "99362.geojson" }).waitFor({ state: "detached" });
  await watched.context.close();
});

test("an officer shows the public layer to everybody, and takes it back", { timeout: 120_000 }, async () => {
  const officer = await openPage();
  await signIn(officer.page, "city", "/resources/public");
  await officer.page.locator("#f-note").fill("お問い合わせは市役所へ");
  await press(officer.page, "公開する");
  const address = officer.page.getByRole("link", { name: /directory\/index\.html\?code=991007/ });
  await address.waitFor();
  await expectSound(officer);
  const [file] = await Promise.all([officer.page.waitForEvent("download"), officer.page.getByRole("link", { name: "ページ一式を受け取る" }).click()]);
  expect(file.suggestedFilename()).toBe("directory-991007.zip");
  expect(statSync(await file.path()).size, "page, script, styles and data").toBeGreaterThan(10_000);

  const reader = await openPage({ width: 390, height: 844 });
  await reader.page.goto((await address.getAttribute("href"))!);
  await reader.page.getByRole("heading", { name: "汐見市の医療・介護の一覧" }).waitFor();
  await reader.page.getByText("お問い合わせは市役所へ").waitFor();
  await reader.page.locator("#words").fill("みなもと");
  await reader.page.getByText("1か所").waitFor();
  expect(await reader.page.locator("main").innerText(), "nothing that the desk wrote").not.toContain("16時以降");
  expect(await reader.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectSound(reader);

  await press(officer.page, "公開をやめる");
  await officer.page.getByText("公開していない").waitFor();
  await reader.page.reload();
  await reader.page.getByRole("heading", { name: "公開されていません" }).waitFor();
  await reader.context.close();
  await officer.context.close();
});

test("an archive of tiles lies below the map, and can be switched off", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  await signIn(page, "center", "/resources/map");
  const drawn = "[...document.querySelectorAll('.leaflet-tile-pane canvas')].some((one) => { const [red, green, blue] = one.getContext('2d').getImageData(9, 9, 1, 1).data; return red === 200 && green === 220 && blue === 180; })";
  await expect.poll(() => page.evaluate(drawn), { timeout: 20_000 }).toBe(true);
  await page.locator(".map-credit").getByText("架空の背景地図").waitFor();
  await expectSound(watched);
  const tiles = `${origin}/api/maps/background/tiles.pmtiles`;
  const head = await page.request.get(tiles, { headers: { range: "bytes=0-6" } });
  expect([head.status(), await head.text()]).toEqual([206, "PMTiles"]);
  const known = await page.request.get(tiles, { headers: { range: "bytes=0-6", "if-none-match": head.headers()["etag"]! } });
  expect(known.status(), "who has it is sent nothing").toBe(304);
  await page.getByLabel("背景地図").uncheck();
  await expect.poll(() => page.locator(".leaflet-tile-pane canvas").count()).toBe(0);
  await page.reload();
  await page.locator(".leaflet-container").waitFor();
  expect(await page.getByLabel("背景地図").isChecked(), "kept for the person").toBe(false);
  expect(await page.locator(".map-credit").count()).toBe(0);
  await page.getByLabel("背景地図").check();
  await expect.poll(() => page.evaluate(drawn), { timeout: 20_000 }).toBe(true);
  await expectSound(watched);

  const part = await page.request.get(`${origin}/api/maps/background/tiles.pmtiles`, { headers: { range: "bytes=0-6" } });
  expect([part.status(), await part.text()]).toEqual([206, "PMTiles"]);
  const beyond = await page.request.get(`${origin}/api/maps/background/tiles.pmtiles`, { headers: { range: "bytes=99999999-" } });
  expect(beyond.status()).toBe(416);
  await watched.context.close();
});

test("vector tiles are drawn", { timeout: 120_000 }, async () => {
  const watched = await openPage();
  const { page } = watched;
  const archive = archiveOfWater("架空の湖");
  await page.route("**/api/maps/background/tiles.pmtiles", async (route) => {
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(route.request().headers()["range"] ?? "") ?? [];
    const from = Number(first);
    const until = Math.min(Number(last), archive.length - 1);
    return route.fulfill({ status: 206, headers: { "content-range": `bytes ${from}-${until}/${archive.length}`, etag: '"lake"' }, body: archive.subarray(from, until + 1) });
  });
  await signIn(page, "center", "/resources/map");
  const water = "[...document.querySelectorAll('.leaflet-tile-pane canvas')].map((one) => [...one.getContext('2d').getImageData(99, 99, 1, 1).data].join(' '))";
  await expect.poll(() => page.evaluate(water), { timeout: 20_000 }).toContain("163 163 163 255");
  await page.locator(".map-credit").getByText("架空の湖").waitFor();
  await expectSound(watched);
  await watched.context.close();
});

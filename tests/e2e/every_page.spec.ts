// SPDX-License-Identifier: Apache-2.0
// Every page of the product, per kind of person, in both languages: it shows a heading, has no accessibility
// violation, no script error, and asks nothing of any other server. On a phone it does not scroll sideways.
import { afterAll, describe, expect, test } from "vitest";
import { expectSound, openPage, origin, signIn, stopBrowser, type Watched } from "./browser";

afterAll(stopBrowser);

const pages: Record<string, string[]> = {
  station: [
    "/",
    "/consultations",
    "/consultations/new",
    "/phrases",
    "/terms",
    "/terms?term=acp",
    "/learning",
    "/consultations/activities",
    "/consultations/conference",
    "/analysis/months",
    "/analysis/matrix",
    "/issues",
    "/meetings",
    "/measures",
    "/indicators",
    "/resources",
    "/resources/map",
    "/resources/public",
    "/official-imports",
    "/exchange",
    "/credits",
    "/referrals",
    "/gaps",
    "/discharges",
    "/discharges/list",
    "/discharges/figures",
    "/discharges/new",
    "/own-places",
    "/own-places/new",
    "/place-matches",
    "/corporations",
    "/confirmations",
    "/confirmations/requests",
    "/confirmations/rounds",
    "/confirmations/rounds/new",
    "/vacancies",
  ],
  center: ["/", "/consultations", "/consultations/activities/new", "/analysis/matrix", "/issues/new", "/evaluations"],
  city: ["/", "/consultations", "/gaps?desk=all", "/issues", "/measures/new", "/templates"],
  prefecture: ["/analysis/months", "/search"],
  advisor: ["/", "/terms?kind=paper", "/consultations", "/consultations/activities", "/consultations/conference", "/search?q=R8"],
  admin: ["/search?q=center", "/learning", "/admin/users", "/admin/places", "/admin/maps", "/admin/packs", "/admin/packs/question", "/admin/holidays", "/admin/audit"],
};

async function visit({ page }: Watched, path: string): Promise<void> {
  await page.goto(origin + path);
  await page.locator("main h1").first().waitFor();
  await page.waitForLoadState("networkidle");
}

describe.each(Object.entries(pages))("as %s", (login, paths) => {
  test("every page is sound", async () => {
    const watched = await openPage();
    await signIn(watched.page, login);
    for (const path of paths) {
      await visit(watched, path);
      await expectSound(watched);
    }
    await watched.context.close();
  });
});

test("the first record of every list is sound too", async () => {
  const watched = await openPage();
  await signIn(watched.page, "center");
  for (const [list, prefix] of [
    ["/consultations", "/consultations/"],
    ["/issues", "/issues/"],
    ["/meetings", "/meetings/"],
    ["/measures", "/measures/"],
    ["/indicators", "/indicators/"],
    ["/discharges", "/discharges/"],
  ] as const) {
    const response = await watched.page.request.get(`${origin}/api${list}?limit=1`);
    const id = ((await response.json()) as { items: { id: string }[] }).items[0]!.id;
    await visit(watched, prefix + id);
    await expectSound(watched);
    await visit(watched, `${prefix}${id}/history`);
    await expectSound(watched);
    await visit(watched, `/threads/${list.slice(1, -1)}/${id}`);
    await expectSound(watched);
  }
  const places = (await (await watched.page.request.get(`${origin}/api/places?local=true&limit=1`)).json()) as { items: { id: string }[] };
  for (const path of ["", "/edit", "/history", "/card"]) {
    await visit(watched, `/resources/${places.items[0]!.id}${path}`);
    await expectSound(watched);
  }
  const asks = (await (await watched.page.request.get(`${origin}/api/referrals?task=waiting&limit=1`)).json()) as { items: { id: string; match_id: string }[] };
  for (const path of ["", "/edit", "/history", "/fax"]) {
    await visit(watched, `/referrals/${asks.items[0]!.id}${path}`);
    await expectSound(watched);
  }
  for (const path of ["", "/history"]) {
    await visit(watched, `/matches/${asks.items[0]!.match_id}${path}`);
    await expectSound(watched);
  }
  await watched.context.close();
});

test("a narrow screen reads without scrolling sideways", async () => {
  const watched = await openPage({ width: 390, height: 844 });
  await signIn(watched.page, "station");
  const places = (await (await watched.page.request.get(`${origin}/api/places?local=true&limit=1`)).json()) as { items: { id: string }[] };
  const place = `/resources/${places.items[0]!.id}`;
  for (const path of ["/", "/consultations", "/consultations/new", "/consultations/conference", "/phrases", "/terms?term=acp", "/learning", "/issues", "/analysis/months", "/templates", "/resources", place, `${place}/edit`, "/official-imports"]) {
    await visit(watched, path);
    const beyond = await watched.page.evaluate(
      "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth",
    );
    expect(beyond, path).toBeLessThanOrEqual(0);
  }
  await watched.context.close();
});

test("in English no cell of a list runs into the next", async () => {
  const watched = await openPage();
  await watched.context.addInitScript('localStorage.setItem("tsunagi.language", "en")');
  await signIn(watched.page, "center");
  for (const path of ["/consultations", "/issues", "/meetings", "/measures", "/indicators", "/evaluations", "/resources"]) {
    await visit(watched, path);
    await watched.page.locator(".grid-t tbody tr").first().waitFor();
    const over = await watched.page.evaluate(
      "[...document.querySelectorAll('.grid-t th, .grid-t td')].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText)",
    );
    expect(over, path).toEqual([]);
  }
  await watched.context.close();
});

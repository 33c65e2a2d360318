// How long texts find their place on the sheet: boxes share the room, the letters shrink step by step to a minimum,
// and what still does not fit goes on to a further sheet. Nothing is cut.

export interface LongText {
  name: string;
  text: string;
  /** Share of the room when all is short. */
  weight: number;
}

export interface FittedBox {
  name: string;
  text: string;
  height: number;
}

export interface Fitted {
  /** Points. */
  size: number;
  boxes: FittedBox[];
  /** What did not fit, by name. */
  rest: { name: string; text: string }[];
}

/** Height in the unit of `room` of a text at a size; the browser measures it. */
export type Measure = (text: string, size: number) => number;

export const sizes = [9.5, 9, 8.5, 8, 7.5, 7];
/** Once a further sheet is needed anyway there is no reason to write small. */
const sizeGoingOn = 8.5;

export function fitTexts(texts: LongText[], room: number, least: number, measure: Measure): Fitted {
  const weights = texts.reduce((sum, one) => sum + one.weight, 0);
  for (const size of sizes) {
    const needs = texts.map((one) => Math.max(least, measure(one.text, size)));
    const spare = room - needs.reduce((sum, need) => sum + need, 0);
    if (spare < 0) continue;
    // Every box first gets its usual share; a box that needs more takes it from those that need less.
    const usual = texts.map((one) => (room * one.weight) / weights);
    const over = needs.reduce((sum, need, at) => sum + Math.max(0, need - usual[at]!), 0);
    const free = needs.reduce((sum, need, at) => sum + Math.max(0, usual[at]! - need), 0);
    const heights = needs.map((need, at) => (need >= usual[at]! ? need : usual[at]! - (free > 0 ? (over * (usual[at]! - need)) / free : 0)));
    return { size, boxes: texts.map((one, at) => ({ name: one.name, text: one.text, height: heights[at]! })), rest: [] };
  }
  const size = sizeGoingOn;
  const needs = texts.map((one) => Math.max(least, measure(one.text, size)));
  // Short texts keep what they need; the long ones share the remaining room in proportion.
  let left = room;
  let open = texts.map((_, at) => at);
  const heights = texts.map(() => 0);
  for (let settled = true; settled; ) {
    settled = false;
    const share = left / Math.max(1, open.length);
    for (const at of open) {
      if (needs[at]! <= share) {
        heights[at] = needs[at]!;
        left -= needs[at]!;
        open = open.filter((one) => one !== at);
        settled = true;
        break;
      }
    }
  }
  for (const at of open) heights[at] = left / open.length;
  const boxes: FittedBox[] = [];
  const rest: Fitted['rest'] = [];
  texts.forEach((one, at) => {
    const [now, later] = splitAt(one.text, heights[at]!, (text) => measure(text, size));
    boxes.push({ name: one.name, text: now, height: heights[at]! });
    if (later) rest.push({ name: one.name, text: later });
  });
  return { size, boxes, rest };
}

/** The longest beginning that fits, cut after a sentence or a line where one ends near, and the remainder. */
export function splitAt(text: string, height: number, measure: (text: string) => number): [string, string] {
  if (measure(text) <= height) return [text, ''];
  const letters = [...text];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(letters.slice(0, middle).join('')) <= height) low = middle;
    else high = middle - 1;
  }
  for (let at = low; at > low - 80 && at > 0; at--) {
    if ('。\n'.includes(letters[at - 1]!)) {
      low = at;
      break;
    }
  }
  return [letters.slice(0, low).join(''), letters.slice(low).join('').replace(/^\n+/, '')];
}

/** Spreads the remainders over further sheets, each with `room` and `head` taken by every heading. */
export function continuationPages(rest: Fitted['rest'], room: number, head: number, measure: (text: string) => number): { name: string; text: string }[][] {
  const pages: { name: string; text: string }[][] = [];
  let page: { name: string; text: string }[] = [];
  let left = room;
  const turn = () => {
    if (page.length > 0) pages.push(page);
    page = [];
    left = room;
  };
  for (const one of rest) {
    let text = one.text;
    while (text) {
      if (left - head < room / 8) turn();
      const [now, later] = splitAt(text, left - head, measure);
      if (now) {
        page.push({ name: one.name, text: now });
        left -= head + measure(now);
      } else left = 0;
      text = later;
    }
  }
  turn();
  return pages;
}

// The public list and map of a municipality: for everybody, from a server or from disk, without an account.
import L from 'leaflet';
import 'leaflet/dist/leaflet.css';
import type { PublicDirectory, PublicPlace } from '../src/api/types';
import { boundsFrom, groupedMarks, nameLayer, type ShownPoint } from '../src/maps/canvas_marks';
import { groupOf, serviceGroups } from '../src/maps/groups';
import { markPaths } from '../src/maps/mark_paths';
import { boxOf, ringsOf } from '../src/maps/shapes';
import en from '../src/i18n/en/directory.json';
import ja from '../src/i18n/ja/directory.json';
import { credits } from './credits';
import '../src/maps/maps.css';
import './directory.css';

declare global {
  interface Window {
    publicDirectory?: PublicDirectory;
  }
}

const english = new URLSearchParams(location.search).get('lang') === 'en';
const words = english ? en : ja;
const root = document.getElementById('directory')!;
document.documentElement.lang = english ? 'en' : 'ja';
const most = 300;

function say(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Record<string, string> = {}, ...children: (Node | string)[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0x60));
}

async function data(): Promise<PublicDirectory> {
  if (window.publicDirectory) return window.publicDirectory;
  const code = new URLSearchParams(location.search).get('code') ?? '';
  const answer = await fetch(`/api/public-directories/${encodeURIComponent(code)}`);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as PublicDirectory;
}

/** Half a million points would be no list either: what is looked for stands in the first some hundred. */
function show(directory: PublicDirectory) {
  const title = say(words.title, { name: directory.municipality });
  document.title = title;
  const search = element('input', { type: 'search', id: 'words', class: 'in' });
  const service = element('select', { id: 'service', class: 'in' }, element('option', { value: '' }, words.all));
  const area = element('select', { id: 'area', class: 'in' }, element('option', { value: '' }, words.all));
  const services = new Map(directory.places.flatMap((place) => place.services.map((one) => [one.service, one.name] as const)));
  for (const [code, name] of [...services].sort()) service.append(element('option', { value: code }, name));
  for (const name of new Set(directory.places.map((place) => place.municipality))) area.append(element('option', { value: name }, name));
  const found = element('p', { role: 'status', class: 'found' });
  const rows = element('tbody');
  const place = element('div', { class: 'map', role: 'application', tabindex: '0', 'aria-label': words.map_label });
  const legend = element('ul', { class: 'map-legend', 'aria-label': words.legend });
  const texts = directory.places.map((one) => folded([one.name, one.kana, one.address, one.municipality, one.phone, ...one.services.map((each) => each.name)].join('\n')));

  root.replaceChildren(
    ...(directory.fictitious ? [element('p', { class: 'fictitious' }, words.fictitious)] : []),
    element('h1', {}, title),
    ...(directory.note ? [element('p', { class: 'about' }, directory.note)] : []),
    element('p', { class: 'sub' }, [directory.as_of ? say(words.as_of, { day: directory.as_of }) : '', say(words.made_on, { day: directory.made_on }), words.ask].filter(Boolean).join(' ')),
    element(
      'form',
      { class: 'asked', role: 'search' },
      element('label', { for: 'words' }, words.words, search),
      element('label', { for: 'service' }, words.service, service),
      element('label', { for: 'area' }, words.area, area),
    ),
    found,
    element('figure', { class: 'map-figure' }, element('div', { class: 'map-frame' }, place), element('figcaption', {}, legend)),
    element(
      'div',
      { class: 'scroll-x', tabindex: '0', role: 'region', 'aria-label': title },
      element('table', {}, element('thead', {}, element('tr', {}, ...[words.name, words.service, words.address, words.phone].map((one) => element('th', { scope: 'col' }, one)))), rows),
    ),
    element('footer', {}, ...credits(directory.sources, words.credit).map((one) => element('p', { class: 'note' }, one))),
  );

  const map = L.map(place, { renderer: L.canvas({ padding: 0.4 }), attributionControl: false, zoomSnap: 0.5, maxZoom: 18, minZoom: 5, center: [36, 138], zoom: 5 });
  map.zoomControl.setPosition('topright');
  L.control.scale({ imperial: false }).addTo(map);
  for (const region of directory.regions) {
    L.polygon(ringsOf(region.shape), { color: '#626264', weight: 1.2, fillColor: '#f7f9fb', fillOpacity: 1, interactive: false }).addTo(map);
  }
  let shown: { place: PublicPlace; at: number }[] = [];
  let layer: L.LayerGroup | null = null;
  let names: L.LayerGroup | null = null;
  const draw = () => {
    layer?.remove();
    const points: ShownPoint[] = shown.flatMap(({ place: one, at }) =>
      one.latitude === null || one.longitude === null ? [] : [{ id: String(at), name: one.name, latitude: one.latitude, longitude: one.longitude, count: 1, group: groupOf(one.services.map((each) => each.service)) }],
    );
    layer = groupedMarks(map, points, map.getZoom(), null, ([id]) => {
      const row = document.getElementById(`row-${id}`);
      row?.scrollIntoView({ block: 'center' });
      row?.focus();
    }).addTo(map);
    names?.remove();
    names = nameLayer(
      map,
      directory.regions.map((one) => ({ at: [one.latitude, one.longitude], text: one.short_name, kind: 'region', shape: ringsOf(one.shape) })),
      points,
      map.getZoom(),
    ).addTo(map);
    const groups = serviceGroups.filter((group) => points.some((point) => point.group === group));
    legend.replaceChildren(...groups.map((group) => element('li', {}, mark(group), ` ${words.group[group]}`)));
  };
  const fill = () => {
    const asked = folded(search.value).split(/\s+/).filter(Boolean);
    shown = directory.places
      .map((one, at) => ({ place: one, at }))
      .filter(({ place: one, at }) => asked.every((word) => texts[at]!.includes(word)) && (!service.value || one.services.some((each) => each.service === service.value)) && (!area.value || one.municipality === area.value));
    found.textContent = shown.length > most ? say(words.found_more, { count: shown.length, most }) : say(words.found, { count: shown.length });
    rows.replaceChildren(
      ...shown.slice(0, most).map(({ place: one, at }) =>
        element(
          'tr',
          { id: `row-${at}`, tabindex: '-1' },
          element('th', { scope: 'row' }, /^https?:\/\//.test(one.url) ? element('a', { href: one.url, rel: 'noreferrer' }, one.name) : one.name),
          element('td', {}, ...one.services.flatMap((each, number) => [...(number > 0 ? [element('br')] : []), [each.short_name, each.open_days.map((day) => (words.day as Record<string, string>)[day] ?? day).join(words.day_separator)].filter(Boolean).join(' ')])),
          element('td', {}, one.address),
          element('td', {}, one.phone ? element('a', { href: `tel:${one.phone.replace(/[^0-9+]/g, '')}` }, one.phone) : '—'),
        ),
      ),
    );
    draw();
  };
  map.on('zoomend', draw);
  const box = boxOf([...directory.regions.flatMap((region) => ringsOf(region.shape).flat(2)), ...directory.places.flatMap((one): [number, number][] => (one.latitude === null || one.longitude === null ? [] : [[one.latitude, one.longitude]]))]);
  if (box) map.fitBounds(boundsFrom(box), { animate: false, padding: [12, 12] });
  search.addEventListener('input', fill);
  service.addEventListener('change', fill);
  area.addEventListener('change', fill);
  root.querySelector('form')!.addEventListener('submit', (event) => event.preventDefault());
  fill();
}

function mark(group: keyof typeof markPaths): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const drawn = document.createElementNS(space, 'svg');
  drawn.setAttribute('viewBox', '0 0 16 16');
  drawn.setAttribute('class', `map-mark ${group}`);
  drawn.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', markPaths[group]);
  drawn.append(path);
  return drawn;
}

data().then(show, () => {
  document.title = words.not_there;
  root.replaceChildren(element('h1', {}, words.not_there), element('p', {}, words.not_there_what));
});

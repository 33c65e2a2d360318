// SPDX-License-Identifier: Apache-2.0
// PMTiles archives (version 3) of one fictitious tile, which stands everywhere in zoom 8: a picture, or a lake as a vector tile.
import { crc32, deflateSync } from "node:zlib";

const zoom = 8;
const first = (4 ** zoom - 1) / 3; // ids count the tiles of all zooms before

function chunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, sum]);
}

/** A PNG of 256 × 256 points of one colour. */
function picture(colour: readonly [number, number, number]): Buffer {
  const size = 256;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 2, 0, 0, 0], 8); // 8 bits of red, green and blue
  const row = Buffer.from([0, ...Array.from({ length: size }, () => [...colour]).flat()]);
  const rows = Buffer.concat(Array.from({ length: size }, () => row));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", head), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}

const delimited = (field: number, bytes: readonly number[]) => [...varint(field * 8 + 2), ...varint(bytes.length), ...bytes];

/** A vector tile (Mapbox Vector Tile 2) of the layer `water` that a lake covers wholly. */
function lake(): Buffer {
  const extent = 4096;
  const zigzag = (value: number) => varint(value < 0 ? -value * 2 - 1 : value * 2);
  const [move, line, close] = [1, 2, 7].map((command, at) => [1, 3, 1][at]! * 8 + command);
  const geometry = [move!, ...zigzag(0), ...zigzag(0), line!, ...zigzag(extent), ...zigzag(0), ...zigzag(0), ...zigzag(extent), ...zigzag(-extent), ...zigzag(0), close!];
  const polygon = 3;
  const feature = [3 * 8, polygon, ...delimited(4, geometry)];
  const layer = [15 * 8, 2, ...delimited(1, [...Buffer.from("water")]), ...delimited(2, feature), 5 * 8, ...varint(extent)];
  return Buffer.from(delimited(3, layer));
}

/** An archive of pictures of one colour. */
export const archiveOf = (colour: readonly [number, number, number], credit: string) => archive(picture(colour), 2, credit);

/** An archive of vector tiles that are all water. */
export const archiveOfWater = (credit: string) => archive(lake(), 1, credit);

function archive(tile: Buffer, type: 1 | 2, credit: string): Buffer {
  // One entry: its id, for how many tiles it stands, its length, its place counted from 1.
  const directory = Buffer.from([1, ...varint(first), ...varint(4 ** zoom), ...varint(tile.length), 1]);
  const metadata = Buffer.from(JSON.stringify({ name: "fictitious", attribution: credit }));
  const head = Buffer.alloc(127);
  head.write("PMTiles", 0, "latin1");
  head.writeUInt8(3, 7);
  const places = [head.length, directory.length, head.length + directory.length, metadata.length, 0, 0, head.length + directory.length + metadata.length, tile.length, 4 ** zoom, 1, 1];
  places.forEach((value, at) => head.writeBigUInt64LE(BigInt(value), 8 + at * 8));
  head.set([1, 1, 1, type, zoom, zoom], 96); // in order, nothing compressed
  [122, 20, 154, 46].forEach((degrees, at) => head.writeInt32LE(degrees * 1e7, 102 + at * 4));
  head.writeUInt8(zoom, 118);
  head.writeInt32LE(141 * 1e7, 119);
  head.writeInt32LE(35.6 * 1e7, 123);
  return Buffer.concat([head, directory, metadata, tile]);
}

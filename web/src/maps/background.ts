// An archive of tiles on the server, drawn below everything else; loaded when there is one. Images are drawn on canvases,
// as the page takes pictures from nowhere but its own files; vector tiles by protomaps-leaflet.
import L from 'leaflet';
import { PMTiles, TileType } from 'pmtiles';

const address = '/api/maps/background/tiles.pmtiles';

export interface Background {
  layer: L.GridLayer;
  /** As its makers want to be named, without markup. */
  credit: string;
}

/** What the makers of the archive wrote, links and other markup left out. */
export function creditOf(metadata: unknown): string {
  const written = typeof metadata === 'object' && metadata !== null && 'attribution' in metadata ? String(metadata.attribution) : '';
  return (new DOMParser().parseFromString(written, 'text/html').body.textContent ?? '').trim();
}

/** Says when a tile could not be read; who moved on before it came is no failure. */
class WatchedArchive extends PMTiles {
  constructor(
    url: string,
    private readonly failed: () => void,
  ) {
    super(url);
  }

  override async getZxy(z: number, x: number, y: number, signal?: AbortSignal) {
    try {
      return await super.getZxy(z, x, y, signal);
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) this.failed();
      throw error;
    }
  }
}

/** Throws where the archive cannot be read. `failed` hears of tiles that could not be read later on. */
export async function loadBackground(failed: () => void): Promise<Background> {
  const archive = new WatchedArchive(new URL(address, window.location.origin).toString(), failed);
  const head = await archive.getHeader();
  const credit = creditOf(await archive.getMetadata());
  const bounds: L.LatLngBoundsLiteral = [
    [head.minLat, head.minLon],
    [head.maxLat, head.maxLon],
  ];
  if (head.tileType === TileType.Mvt) return { layer: await vectorLayer(archive, head.maxZoom, bounds), credit };
  return { layer: new ImageLayer(archive, failed, { minNativeZoom: head.minZoom, maxNativeZoom: head.maxZoom, bounds, noWrap: true, opacity: 0.6 }), credit };
}

class ImageLayer extends L.GridLayer {
  constructor(
    private readonly archive: PMTiles,
    private readonly failed: () => void,
    options: L.GridLayerOptions,
  ) {
    super(options);
  }

  protected override createTile(at: L.Coords, done: L.DoneCallback): HTMLElement {
    const size = this.getTileSize();
    const canvas = document.createElement('canvas');
    canvas.width = size.x;
    canvas.height = size.y;
    this.draw(at, canvas).then(
      () => done(undefined, canvas),
      (error: unknown) => {
        this.failed(); // also what arrived and is no picture
        done(error instanceof Error ? error : new Error(String(error)), canvas);
      },
    );
    return canvas;
  }

  private async draw(at: L.Coords, canvas: HTMLCanvasElement): Promise<void> {
    const tile = await this.archive.getZxy(at.z, at.x, at.y);
    if (!tile) return; // sea, or outside of what was cut out
    const image = await createImageBitmap(new Blob([tile.data]));
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    image.close();
  }
}

async function vectorLayer(archive: PMTiles, maxDataZoom: number, bounds: L.LatLngBoundsLiteral): Promise<L.GridLayer> {
  (globalThis as { L?: typeof L }).L = L; // its layer class looks there for Leaflet
  const { leafletLayer } = await import('protomaps-leaflet');
  return leafletLayer({ url: archive, flavor: 'grayscale', lang: 'ja', maxDataZoom, bounds, noWrap: true, opacity: 0.8 }) as unknown as L.GridLayer;
}

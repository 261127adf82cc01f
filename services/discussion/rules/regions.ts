/**
 * A part of a picture. Coordinates go from 0 to 1 of the *upright* picture, from the left and from the top: every rendition
 * is upright and whole, so that a region fits each of them, whatever its size.
 */
export type Region =
  | { shape: 'rectangle' | 'ellipse'; x: number; y: number; width: number; height: number }
  | { shape: 'point'; x: number; y: number }
  | { shape: 'polygon'; points: Point[] }
export type Point = [x: number, y: number]
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Finer than a pixel of the largest picture that is taken, and short to write. */
export const precise = (value: number): number => Math.round(value * 100_000) / 100_000
const within = (value: number, least = 0, most = 1): number => Math.min(most, Math.max(least, value))

/** What is smaller can neither be seen nor hit. */
export const leastEdge = 0.01
export const mostCorners = 120

/** The smallest upright rectangle around it. */
export function boundsOf(region: Region): Box {
  if (region.shape === 'point') return { x: region.x, y: region.y, width: 0, height: 0 }
  if (region.shape !== 'polygon') return { x: region.x, y: region.y, width: region.width, height: region.height }
  const xs = region.points.map(([x]) => x)
  const ys = region.points.map(([, y]) => y)
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: precise(Math.max(...xs) - x), height: precise(Math.max(...ys) - y) }
}

/** Each of its points put elsewhere. Boxes stay boxes, so this is for moves, turns by quarters and scales. */
function mapped(region: Region, to: (point: Point) => Point): Region {
  const at = (point: Point): Point => {
    const [x, y] = to(point)
    return [precise(x), precise(y)]
  }
  if (region.shape === 'polygon') return { shape: 'polygon', points: region.points.map(at) }
  if (region.shape === 'point') {
    const [x, y] = at([region.x, region.y])
    return { shape: 'point', x, y }
  }
  const one = at([region.x, region.y])
  const two = at([region.x + region.width, region.y + region.height])
  return { shape: region.shape, ...between(one, two) }
}

/** The box between two opposite corners, whichever they are. */
export function between([ax, ay]: Point, [bx, by]: Point): Box {
  const [x, y] = [Math.min(ax, bx), Math.min(ay, by)]
  return { x: precise(x), y: precise(y), width: precise(Math.abs(ax - bx)), height: precise(Math.abs(ay - by)) }
}

/** Drawn from one corner to the other, kept inside the picture; too small to be meant, it is a point. */
export function drawn(shape: 'rectangle' | 'ellipse', from: Point, to: Point): Region {
  const box = between([within(from[0]), within(from[1])], [within(to[0]), within(to[1])])
  if (box.width < leastEdge && box.height < leastEdge) return { shape: 'point', x: precise(within(from[0])), y: precise(within(from[1])) }
  const width = Math.max(box.width, leastEdge)
  const height = Math.max(box.height, leastEdge)
  return { shape, x: precise(within(box.x, 0, 1 - width)), y: precise(within(box.y, 0, 1 - height)), width, height }
}

/** Moved, as far as the edge of the picture. */
export function moved(region: Region, dx: number, dy: number): Region {
  const { x, y, width, height } = boundsOf(region)
  const byX = within(dx, -x, 1 - x - width)
  const byY = within(dy, -y, 1 - y - height)
  return mapped(region, ([px, py]) => [px + byX, py + byY])
}

/** Made larger or smaller by its right and lower edge, as far as the edge of the picture. A point has no size. */
export function resized(region: Region, dw: number, dh: number): Region {
  const { x, y, width, height } = boundsOf(region)
  if (region.shape === 'point') return region
  const toWidth = within(width + dw, leastEdge, 1 - x)
  const toHeight = within(height + dh, leastEdge, 1 - y)
  if (region.shape !== 'polygon') return { ...region, width: precise(toWidth), height: precise(toHeight) }
  const [sx, sy] = [width > 0 ? toWidth / width : 1, height > 0 ? toHeight / height : 1]
  return mapped(region, ([px, py]) => [within(x + (px - x) * sx), within(y + (py - y) * sy)])
}

/** Where it is after the picture was turned clockwise by so many quarters: for a view that is turned, and back by the negative. */
export function turned(region: Region, quarters: number): Region {
  const times = ((quarters % 4) + 4) % 4
  const turn: Record<number, (point: Point) => Point> = {
    0: (point) => point,
    1: ([x, y]) => [1 - y, x],
    2: ([x, y]) => [1 - x, 1 - y],
    3: ([x, y]) => [y, 1 - x],
  }
  return mapped(region, turn[times] ?? ((point) => point))
}

/** Where it is in a part cut out of the picture, with 0 to 1 of that part; null where nothing of it is in there. */
export function inCrop(region: Region, crop: Box): Region | null {
  const { x, y, width, height } = boundsOf(region)
  const outside = x > crop.x + crop.width || y > crop.y + crop.height || x + width < crop.x || y + height < crop.y
  return outside ? null : mapped(region, ([px, py]) => [(px - crop.x) / crop.width, (py - crop.y) / crop.height])
}

/**
 * What to show of the picture so that the region is seen with something around it: square on the screen as far as the
 * picture (`ratio` of its width to its height) has room, and never more than the picture.
 */
export function surroundings(region: Region, ratio = 1, around = 0.6): Box {
  const { x, y, width, height } = boundsOf(region)
  const edge = Math.max(width * ratio, height, 0.12) * (1 + around)
  const part = { width: Math.min(1, edge / ratio), height: Math.min(1, edge) }
  const from = (middle: number, long: number) => precise(within(middle - long / 2, 0, 1 - long))
  return {
    x: from(x + width / 2, part.width),
    y: from(y + height / 2, part.height),
    width: precise(part.width),
    height: precise(part.height),
  }
}

/** A freehand line with fewer corners and the same look (Ramer, Douglas, Peucker): what a hand draws has a thousand. */
export function simplified(points: readonly Point[], tolerance = 0.002): Point[] {
  const kept = thinned(points, tolerance)
  return kept.length <= mostCorners ? kept.map(([x, y]) => [precise(within(x)), precise(within(y))]) : simplified(points, tolerance * 1.6)
}

function thinned(points: readonly Point[], tolerance: number): Point[] {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length < 3) return [...points]
  let farthest = 0
  let at = 0
  points.forEach((point, index) => {
    const distance = distanceTo(point, first, last)
    if (distance > farthest) [farthest, at] = [distance, index]
  })
  if (farthest <= tolerance) return [first, last]
  return [...thinned(points.slice(0, at + 1), tolerance).slice(0, -1), ...thinned(points.slice(at), tolerance)]
}

/** Of a point to the line between two others; to the first where these are one. */
function distanceTo([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay]
  const long = Math.hypot(dx, dy)
  return long === 0 ? Math.hypot(x - ax, y - ay) : Math.abs(dy * (x - ax) - dx * (y - ay)) / long
}

const percent = (part: number): string => `${Math.round(part * 100)} %`
const names = { rectangle: 'Rectangle', ellipse: 'Ellipse', point: 'Point', polygon: 'Outline' } as const

/** In words, for those who hear it. */
export function sayRegion(region: Region): string {
  const { x, y, width, height } = boundsOf(region)
  const place = `${percent(x)} from the left, ${percent(y)} from the top`
  return region.shape === 'point'
    ? `${names.point}, ${place}`
    : `${names[region.shape]}, ${place}, ${percent(width)} wide, ${percent(height)} high`
}

import { lettering } from './lettering.ts'

/** Pictures that the demo company made itself: drawn by rules from a seed, so that every first start draws the same. */
export interface Artwork {
  slug: string
  title: string
  description: string
  altText: string
  keywords: string[]
  width: number
  height: number
  svg: string
}

const ink = '#1d2330'
const bone = '#f2eadc'
const clay = '#c4523a'
const ochre = '#dfa24f'
const sage = '#7f927a'
const sea = '#2a566d'
const blush = '#e9c9b6'

/** A small seeded generator (mulberry32): the same seed, the same picture. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
const one = (value: number) => Math.round(value * 10) / 10
const sheet = (width: number, height: number, ground: string, marks: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${ground}"/>${marks}</svg>`

function ridges(width: number, height: number): string {
  const roll = dice(7)
  const tones = ['#e7cdb4', '#d6a98b', '#b97a64', '#8a5a58', '#5a4656', '#31374d', '#1d2438']
  const layers = tones.map((tone, layer) => {
    const base = height * (0.34 + layer * 0.1)
    const swell = height * (0.1 - layer * 0.004)
    const [a, b, c] = [roll() * 6, roll() * 6, roll() * 6]
    let path = `M0 ${height}`
    for (let x = 0; x <= width; x += 12) {
      const t = x / width
      const y = base - swell * (Math.sin(t * (3 + layer) + a) * 0.6 + Math.sin(t * (9 + layer * 2) + b) * 0.3 + Math.sin(t * 31 + c) * 0.08 + Math.abs(Math.sin(t * 13 + a + c)) * 0.24)
      path += `L${x} ${one(y)}`
    }
    return `<path d="${path}L${width} ${height}Z" fill="${tone}"/>`
  })
  return sheet(width, height, '#f3e3cf', `<circle cx="${width * 0.68}" cy="${height * 0.27}" r="${height * 0.1}" fill="${clay}"/>${layers.join('')}`)
}

function truchet(size: number, cells: number): string {
  const roll = dice(21)
  const edge = size / cells
  const marks: string[] = []
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++) {
      const fill = [sea, clay, ochre, sage, ink][Math.floor(roll() * 5)] as string
      const [x, y, turn] = [column * edge, row * edge, Math.floor(roll() * 4)]
      const corner = [[x, y], [x + edge, y], [x + edge, y + edge], [x, y + edge]][turn] as [number, number]
      marks.push(`<rect x="${one(x)}" y="${one(y)}" width="${one(edge)}" height="${one(edge)}" fill="${(row + column) % 2 ? bone : blush}"/>`)
      const [cx, cy] = corner
      const sweep = [[edge, 0, 0, edge], [0, edge, -edge, 0], [-edge, 0, 0, -edge], [0, -edge, edge, 0]][turn] as [number, number, number, number]
      marks.push(`<path d="M${one(cx)} ${one(cy)}L${one(cx + sweep[0])} ${one(cy + sweep[1])}A${one(edge)} ${one(edge)} 0 0 1 ${one(cx + sweep[2])} ${one(cy + sweep[3])}Z" fill="${fill}"/>`)
    }
  return sheet(size, size, bone, marks.join(''))
}

function phyllotaxis(size: number): string {
  const golden = Math.PI * (3 - Math.sqrt(5))
  const marks: string[] = []
  for (let seed = 4; seed < 900; seed++) {
    const reach = Math.sqrt(seed / 900) * size * 0.46
    const angle = seed * golden
    const radius = size * (0.0035 + 0.0085 * (seed / 900))
    const fill = seed % 13 === 0 ? clay : seed % 8 === 0 ? ochre : bone
    marks.push(`<circle cx="${one(size / 2 + reach * Math.cos(angle))}" cy="${one(size / 2 + reach * Math.sin(angle))}" r="${one(radius)}" fill="${fill}"/>`)
  }
  return sheet(size, size, sea, marks.join(''))
}

function currents(width: number, height: number): string {
  const roll = dice(5)
  const field = (x: number, y: number) => Math.sin(x * 0.0016) * 1.3 + Math.cos(y * 0.0021 + x * 0.0006) * 1.5
  const tones = [ink, sea, sage, clay, ochre]
  const lines: string[] = []
  for (let line = 0; line < 620; line++) {
    let [x, y] = [roll() * width, roll() * height]
    let path = `M${one(x)} ${one(y)}`
    for (let move = 0; move < 46; move++) {
      const angle = field(x, y)
      x += Math.cos(angle) * 14
      y += Math.sin(angle) * 14
      path += `L${one(x)} ${one(y)}`
    }
    lines.push(`<path d="${path}" fill="none" stroke="${tones[Math.floor(roll() * tones.length)]}" stroke-width="${one(1.5 + roll() * 7)}" stroke-linecap="round" stroke-opacity="0.85"/>`)
  }
  return sheet(width, height, '#efe5d5', lines.join(''))
}

function terrazzo(width: number, height: number): string {
  const roll = dice(33)
  const chips = Array.from({ length: 260 }, () => {
    const [x, y, radius] = [roll() * width, roll() * height, 12 + roll() ** 2 * 70]
    const corners = 5 + Math.floor(roll() * 3)
    const points = Array.from({ length: corners }, (_, corner) => {
      const angle = (corner / corners) * Math.PI * 2 + roll() * 0.7
      const reach = radius * (0.6 + roll() * 0.5)
      return `${one(x + Math.cos(angle) * reach)},${one(y + Math.sin(angle) * reach)}`
    })
    return `<polygon points="${points.join(' ')}" fill="${[clay, ochre, sage, sea, ink, blush][Math.floor(roll() * 6)]}"/>`
  })
  return sheet(width, height, '#f6f0e6', chips.join(''))
}

function weave(width: number, height: number): string {
  const roll = dice(11)
  const bands: string[] = []
  let x = 0
  while (x < width) {
    const band = 18 + roll() * 90
    bands.push(`<rect x="${one(x)}" y="0" width="${one(band)}" height="${height}" fill="${[clay, ochre, blush, bone, sea, sage][Math.floor(roll() * 6)]}"/>`)
    x += band
  }
  let y = 0
  while (y < height) {
    const band = 14 + roll() * 70
    bands.push(`<rect x="0" y="${one(y)}" width="${width}" height="${one(band)}" fill="${[ink, sea, clay, bone][Math.floor(roll() * 4)]}" fill-opacity="0.34"/>`)
    y += band + 30
  }
  return sheet(width, height, bone, bands.join(''))
}

function contours(width: number, height: number): string {
  const rings: string[] = []
  for (let level = 0; level < 34; level++) {
    const reach = 60 + level * 46
    let path = ''
    for (let step = 0; step <= 120; step++) {
      const angle = (step / 120) * Math.PI * 2
      const wobble = 1 + 0.16 * Math.sin(angle * 3 + level * 0.12) + 0.09 * Math.cos(angle * 5 - level * 0.08) + 0.05 * Math.sin(angle * 9 + level * 0.3)
      path += `${step ? 'L' : 'M'}${one(width * 0.42 + Math.cos(angle) * reach * wobble * 1.25)} ${one(height * 0.55 + Math.sin(angle) * reach * wobble)}`
    }
    rings.push(`<path d="${path}Z" fill="none" stroke="${level % 5 === 0 ? clay : bone}" stroke-width="${level % 5 === 0 ? 5 : 2.5}" stroke-opacity="${level % 5 === 0 ? 1 : 0.75}"/>`)
  }
  return sheet(width, height, '#24423f', rings.join(''))
}

function discs(width: number, height: number): string {
  const unit = width / 4
  const half = (x: number, y: number, turn: number, fill: string) =>
    `<path d="M0 ${unit / 2}A${unit / 2} ${unit / 2} 0 0 1 ${unit} ${unit / 2}Z" transform="translate(${x} ${y}) rotate(${turn} ${unit / 2} ${unit / 2})" fill="${fill}"/>`
  const roll = dice(3)
  const marks: string[] = []
  for (let row = 0; row * unit < height; row++)
    for (let column = 0; column < 4; column++) {
      const tones = [clay, ochre, sea, ink, sage]
      const [first, second] = [tones[Math.floor(roll() * 5)] as string, tones[Math.floor(roll() * 5)] as string]
      const turn = Math.floor(roll() * 4) * 90
      marks.push(half(column * unit, row * unit, turn, first))
      if (roll() > 0.35) marks.push(half(column * unit, row * unit, turn + 180, second))
    }
  return sheet(width, height, '#f4ecdf', marks.join(''))
}

/** The demo company's own pictures for its store. */
export const artworks = (): Artwork[] => [
  { slug: 'seven-ridges', title: 'Seven Ridges', width: 3000, height: 2000, svg: ridges(3000, 2000), description: 'Seven ranges of hills, each nearer and darker, under a red evening sun.', altText: 'Layered hills in warm tones from pale to dark with a red sun', keywords: ['landscape', 'hills', 'sunset', 'layers', 'calm', 'background'] },
  { slug: 'quarter-turns', title: 'Quarter Turns', width: 2400, height: 2400, svg: truchet(2400, 12), description: 'Quarter circles turned at random on a checked ground, after Truchet.', altText: 'Grid of coloured quarter circles turned in different directions', keywords: ['pattern', 'geometric', 'tiles', 'circles', 'colour', 'background'] },
  { slug: 'seed-head', title: 'Seed Head', width: 2400, height: 2400, svg: phyllotaxis(2400), description: 'Nine hundred seeds placed by the golden angle.', altText: 'Spiral of pale dots with red and ochre accents on deep blue', keywords: ['pattern', 'spiral', 'sunflower', 'nature', 'mathematics', 'dots'] },
  { slug: 'tidal-currents', title: 'Tidal Currents', width: 3000, height: 2000, svg: currents(3000, 2000), description: 'Six hundred lines drawn along one flow.', altText: 'Dense flowing lines in blue, green, red and ochre on a cream ground', keywords: ['abstract', 'flow', 'lines', 'water', 'movement', 'background'] },
  { slug: 'terrazzo-floor', title: 'Terrazzo Floor', width: 3000, height: 2000, svg: terrazzo(3000, 2000), description: 'Stone chips in six colours set into a pale floor.', altText: 'Scattered angular stone chips in many colours on white', keywords: ['pattern', 'terrazzo', 'stone', 'texture', 'floor', 'background'] },
  { slug: 'summer-weave', title: 'Summer Weave', width: 2400, height: 3000, svg: weave(2400, 3000), description: 'Warp and weft in summer colours.', altText: 'Overlapping vertical and horizontal stripes in red, ochre, green and blue', keywords: ['pattern', 'stripes', 'textile', 'woven', 'colour', 'background'] },
  { slug: 'island-survey', title: 'Island Survey', width: 3000, height: 2000, svg: contours(3000, 2000), description: 'Contour lines of an island that is on no map.', altText: 'Concentric contour lines in cream and red on dark green', keywords: ['map', 'contours', 'topography', 'island', 'lines', 'background'] },
  { slug: 'half-moons', title: 'Half Moons', width: 2400, height: 3000, svg: discs(2400, 3000), description: 'Half discs in five colours, a study for a poster.', altText: 'Grid of half circles in red, ochre, blue, green and black', keywords: ['poster', 'geometric', 'circles', 'bauhaus', 'colour', 'study'] },
]

/** The demo company's mark: a window that catches the light from the north. */
export const symbol = (fill: string, cut: string): string =>
  `<g><rect x="0" y="0" width="200" height="200" rx="18" fill="${fill}"/><path d="M36 164V64L100 30l64 34v100h-28V84l-36-19-36 19v80Z" fill="${cut}"/><path d="M86 164V104h28v60Z" fill="${clay}"/></g>`

const word = (fill: string, x: number, y: number, size: number) => lettering('Northlight', { x, y, size, fill })

/** Logos as SVG files, the way a brand hands them out. */
export const logos: { slug: string; title: string; altText: string; description: string; svg: string }[] = [
  { slug: 'northlight-symbol', title: 'Northlight symbol', altText: 'Northlight symbol: a house-shaped window in a dark square', description: 'The symbol alone, for avatars and small places. Never below 16 pixels.', svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="800" height="800">${symbol(ink, bone)}</svg>` },
  { slug: 'northlight-logo-dark', title: 'Northlight logo, dark on light', altText: 'Northlight logo, dark lettering', description: 'The logo for light grounds. Keep the height of the symbol free on all sides.', svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 790 200" width="1580" height="400">${symbol(ink, bone)}${word(ink, 236, 138, 112)}</svg>` },
  { slug: 'northlight-logo-light', title: 'Northlight logo, light on dark', altText: 'Northlight logo, light lettering on a dark ground', description: 'The logo for dark grounds and photographs.', svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 820 260" width="1640" height="520"><rect width="820" height="260" fill="${ink}"/><g transform="translate(30 30)">${symbol(bone, ink)}${word(bone, 236, 138, 112)}</g></svg>` },
]

/** The type specimen and the colours, as sheets that a designer would pin to the wall. */
export const specimens = (): Artwork[] => {
  const swatches = [['Ink', ink], ['Bone', bone], ['Clay', clay], ['Ochre', ochre], ['Sage', sage], ['Sea', sea]] as const
  const palette = swatches.map(([name, fill], at) => `<rect x="${120 + (at % 3) * 600}" y="${120 + Math.floor(at / 3) * 560}" width="560" height="400" rx="16" fill="${fill}" stroke="#d8cfbf"/>${lettering(`${name}  ${fill}`, { x: 120 + (at % 3) * 600, y: 578 + Math.floor(at / 3) * 560, size: 46, fill: ink })}`).join('')
  const letters = `${lettering('Ag', { x: 120, y: 700, size: 620, fill: ink })}${lettering('Light from the north', { x: 980, y: 420, size: 96, fill: clay })}${lettering('ABCDEFGHIJKLMNOPQRSTUVWXYZ', { x: 980, y: 560, size: 56, fill: ink })}${lettering('abcdefghijklmnopqrstuvwxyz', { x: 980, y: 650, size: 56, fill: ink })}${lettering('0123456789 & ¶ § € £ “ ” – ß ø å', { x: 980, y: 740, size: 56, fill: ink })}`
  return [
    { slug: 'northlight-colours', title: 'Northlight colours', width: 1960, height: 1240, svg: sheet(1960, 1240, '#fbf7f0', palette), description: 'The six colours of the house with their values.', altText: 'Six colour swatches named ink, bone, clay, ochre, sage and sea', keywords: ['colours', 'palette', 'brand', 'swatches'] },
    { slug: 'northlight-type', title: 'Northlight type specimen', width: 2200, height: 1000, svg: sheet(2200, 1000, '#fbf7f0', letters), description: 'Headlines, text and figures of the house type.', altText: 'Type specimen with the letters A and g in large serif type', keywords: ['type', 'specimen', 'brand', 'letters'] },
  ]
}

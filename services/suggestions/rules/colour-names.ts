import { farApart, labOf } from '../../catalog/rules/colours.ts'

/** Names that people use, each with its colour. */
const named: readonly (readonly [string, string])[] = [
  ['Black', '#0b0b0c'],
  ['Charcoal', '#36393d'],
  ['Grey', '#808285'],
  ['Light grey', '#c4c6c8'],
  ['White', '#f8f8f6'],
  ['Ivory', '#f3ead3'],
  ['Beige', '#d9c7a3'],
  ['Sand', '#c9a96e'],
  ['Tan', '#b08958'],
  ['Brown', '#7a4f2b'],
  ['Dark brown', '#3f2a1b'],
  ['Maroon', '#6b1d24'],
  ['Red', '#c8242b'],
  ['Coral', '#e8725c'],
  ['Salmon', '#f0a58f'],
  ['Pink', '#ee9fbd'],
  ['Magenta', '#c2277f'],
  ['Orange', '#e67e22'],
  ['Amber', '#e0a21b'],
  ['Yellow', '#f2d13c'],
  ['Pale yellow', '#f3e9a0'],
  ['Olive', '#77752f'],
  ['Lime', '#a3c93a'],
  ['Green', '#3b8f41'],
  ['Dark green', '#1f4a2c'],
  ['Sage', '#9caf8f'],
  ['Mint', '#a9dcc0'],
  ['Teal', '#17808a'],
  ['Turquoise', '#3fbfb6'],
  ['Sky blue', '#8cc3e8'],
  ['Blue', '#2f6fc4'],
  ['Steel blue', '#4a6b8a'],
  ['Slate', '#5e6e7c'],
  ['Navy', '#1b2a4a'],
  ['Lavender', '#b9a7de'],
  ['Purple', '#6d3fa0'],
  ['Plum', '#5a2a52'],
]
const known = named.flatMap(([name, hex]) => {
  const lab = labOf(hex)
  return lab ? [{ name, lab }] : []
})

/** What people call a colour: the nearest of the names. Empty for what is no colour. */
export function colourName(hex: string): string {
  const lab = labOf(hex)
  if (!lab) return ''
  let best = { name: '', apart: Infinity }
  for (const { name, lab: at } of known) {
    const apart = farApart(lab, at)
    if (apart < best.apart) best = { name, apart }
  }
  return best.name
}

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** The size of a chart's letters in its own units, by the width of its place: the last rule that holds. */
function lettersOf(chart: string, sheets: readonly string[]): (width: number) => number {
  const rule = `\\.${chart} text \\{[^}]*?(\\d+)px`
  const css = sheets.map(read).join('\n')
  const plain = new RegExp(`^  ${rule}`, 'm').exec(css)
  const narrow = [...css.matchAll(new RegExp(`@container \\(max-width: ([\\d.]+)rem\\) \\{(?:(?!@container)[^])*?${rule}`, 'g'))]
  return (width) => Number(narrow.filter(([, most]) => width <= Number(most) * 16).at(-1)?.[2] ?? plain?.[1])
}

test.each([
  ['bars', 600, ['surfaces.css', 'charts.css']],
  ['bars', 620, ['surfaces.css', 'charts.css']],
  ['change-months', 720, ['changes.css']],
])('letters of %s, drawn %i wide, keep eleven pixels where their place is narrow', (chart, drawn, sheets) => {
  const letters = lettersOf(chart, sheets)
  for (let width = 240; width <= 1_200; width++) expect((letters(width) * width) / drawn, `at ${width}`).toBeGreaterThanOrEqual(11)
})

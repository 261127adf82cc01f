import { describe, expect, test } from 'vitest'
import { examples } from './examples.ts'
import { letterProps, type LetterName } from './props.ts'
import { renderLetter } from './render.ts'

const names = Object.keys(letterProps) as LetterName[]

describe.each(names)('the letter %s', (name) => {
  test('has a subject, its link in page and text, one button, and says why it was sent', async () => {
    const { subject, html, text } = await renderLetter(name, examples[name])
    expect(subject.length).toBeGreaterThan(8)
    expect(subject.length).toBeLessThan(110)
    expect(html).toContain(`href="${examples[name].url}"`)
    expect(text).toContain(examples[name].url)
    expect(html.match(/class="button"/g)).toHaveLength(1)
    expect(text).toContain('You get this letter because')
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).toContain('lang="en"')
    expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object/)
  })

  test('is not written with a hole in it', async () => {
    await expect(renderLetter(name, { ...examples[name], url: '' })).rejects.toThrow()
  })
})

test('names and titles are text, never markup', async () => {
  const { html } = await renderLetter('request-received', { ...examples['request-received'], personName: '<script>alert(1)</script>' })
  expect(html).not.toContain('<script>')
  expect(html).toContain('&lt;script&gt;')
})

test('a receipt lists each licence with its own link', async () => {
  const { html, text } = await renderLetter('order-receipt', examples['order-receipt'])
  for (const { licenceUrl, licenceNumber } of examples['order-receipt'].lines) {
    expect(html).toContain(`href="${licenceUrl}"`)
    expect(text).toContain(licenceNumber)
  }
  expect(html).toContain('€207.06')
})

test('a reminder says today, tomorrow or in so many days', async () => {
  for (const [days, word] of [
    [0, 'today'],
    [1, 'tomorrow'],
    [30, 'in 30 days'],
  ] as const)
    expect((await renderLetter('licence-ending', { ...examples['licence-ending'], days })).subject).toContain(word)
})

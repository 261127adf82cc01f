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
    expect(text).toMatch(/You get this letter because|Sie erhalten diese E-Mail, weil/)
    expect(html).toContain('prefers-color-scheme: dark')
    expect(html).toMatch(/lang="(en|de)"/)
    expect(`${subject}${text}`).not.toMatch(/undefined|null|\[object/)
  })

  test('is not written with a hole in it', async () => {
    await expect(renderLetter(name, { ...examples[name], url: '' })).rejects.toThrow()
  })
})

/** Letters to outsiders take the reader's language; the desks, and what is written to them, are English. */
const outside = names.filter((name) => 'language' in letterProps[name].shape)

test('only what is written to the staff has one language', () => {
  expect(names.filter((name) => !outside.includes(name)).sort()).toEqual([
    'brief-asked',
    'brief-work',
    'desk-week',
    'discussion-comment',
    'guest-files',
    'life-notice',
    'request-received',
    'review-decided',
    'review-requested',
    'review-stand-in',
    'review-task',
  ])
})

describe.each(outside)('the letter %s in the reader’s language', (name) => {
  test.each([
    ['en', 'You get this letter because', /\b(Sie|Ihre?|wir)\b/],
    ['de', 'Sie erhalten diese E-Mail, weil', /\b(you|your|the|this|licence|has|ends)\b/i],
  ] as const)('%s, without a word of the other', async (language, why, other) => {
    const { subject, html, text } = await renderLetter(name, { ...plain(name), language })
    expect(html).toContain(`lang="${language}"`)
    expect(text).toContain(why)
    expect(`${subject}\n${text.replace(/https:\S+/g, '')}`).not.toMatch(other)
    expect(subject.length).toBeLessThan(110)
  })
})

/** The example without what people have typed, which is said as they said it. */
const plain = (name: LetterName) =>
  JSON.parse(
    JSON.stringify(examples[name], (key, value: unknown) =>
      typeof value === 'string' &&
      ['title', 'assetTitle', 'reason', 'said', 'body', 'summary', 'scope', 'boxName', 'searchName'].includes(key)
        ? 'Xenon'
        : key === 'parts'
          ? ['Xenon']
          : value,
    ),
  ) as Record<string, unknown>

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

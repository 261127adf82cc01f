import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { _createCache, _createIntlFormatters, createTranslator } from 'use-intl/core'
import formatCompiled from 'use-intl/format-message/format-only'
import { describe, expect, test } from 'vitest'
import { languages, localeOf, type Language } from '#services/kernel/language.ts'
import { compiledTree, type Compiled } from './compiled.ts'
import de from './de.ts'
import en from './en.ts'
import { sentenceIn, sentenceKey } from './form-sentences.ts'

type Tree = { [key: string]: string | Tree }
const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): Tree => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Tree
const filesUnder = (folder: string) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))

/** Every message of a catalogue by its key, `group.key` where it is nested. */
const flat = (tree: Tree, before = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value]] : flat(value, `${before}${key}.`)))

/** The arguments and tags that a message takes, as `count:plural`, `name` or `<b>`: its shape, whatever its words are. */
function shapeOf(message: string): string[] {
  const found = new Set<string>()
  const text = message.replace(/'[{}<][^']*'/g, '').replace(/''/g, '')
  const walk = (from: number, to: number) => {
    for (let at = from; at < to; at++) {
      if (text[at] !== '{') continue
      const end = closing(at)
      const [, name = '', kind] = /^\s*(\w+)\s*(?:,\s*(\w+))?/.exec(text.slice(at + 1, end)) ?? []
      found.add(kind ? `${name}:${kind}` : name)
      for (let inner = at + 1; inner < end; inner++)
        if (text[inner] === '{') {
          const innerEnd = closing(inner)
          walk(inner + 1, innerEnd)
          inner = innerEnd
        }
      at = end
    }
  }
  const closing = (open: number) => {
    let depth = 0
    for (let at = open; at < text.length; at++) {
      if (text[at] === '{') depth++
      if (text[at] === '}' && --depth === 0) return at
    }
    throw new Error(`no closing brace: ${message}`)
  }
  walk(0, text.length)
  for (const [, tag] of text.matchAll(/<(\w+)>/g)) found.add(`<${tag}>`)
  return [...found].sort()
}

/** Any value does: a number is also a text, and each tag says what it holds. */
function sampleFor(shape: readonly string[], count: number) {
  return Object.fromEntries(
    shape.map((part) => {
      if (part.startsWith('<')) return [part.slice(1, -1), (chunks: string) => chunks]
      const [name = '', kind] = part.split(':')
      return [name, kind === 'date' || kind === 'time' ? new Date(0) : kind === 'select' ? 'other' : count]
    }),
  )
}

const domainFiles = ['services', 'emails'].flatMap(filesUnder).filter((file) => /\/words\/en(\/[\w-]+)?\.json$/.test(file))
const catalogues: { name: string; words: Record<Language, Tree> }[] = [
  ...Object.keys(en).map((area) => ({
    name: `app/words/*/${area}.json`,
    words: { en: en[area as keyof typeof en], de: de[area as keyof typeof de] },
  })),
  ...domainFiles.map((file) => ({ name: file, words: { en: read(file), de: read(file.replace(/\/words\/en/, '/words/de')) } })),
]

describe.each(catalogues)('$name', ({ words }) => {
  const [english, german] = [new Map(flat(words.en)), new Map(flat(words.de))]

  test('says the same things in both languages', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort())
  })

  test('takes the same arguments in both languages', () => {
    for (const [key, message] of english) expect({ key, shape: shapeOf(german.get(key) ?? '') }).toEqual({ key, shape: shapeOf(message) })
  })

  test.each(languages)('every message can be said: %s', (language) => {
    const faults: string[] = []
    const say = createTranslator({
      locale: localeOf[language],
      timeZone: 'UTC',
      messages: words[language] as Record<string, never>,
      onError: (error) => void faults.push(error.message),
    })
    for (const [key, message] of language === 'en' ? english : german)
      for (const count of [0, 1, 2]) say.markup(key as never, sampleFor(shapeOf(message), count) as never)
    expect(faults).toEqual([])
  })

  test.each(languages)('as it is built, every message says the same: %s', (language) => {
    const options = { cache: _createCache(), locale: localeOf[language], timeZone: 'UTC' }
    const formatting = { ...options, formatters: _createIntlFormatters(options.cache) }
    const say = createTranslator({ ...options, messages: words[language] as Record<string, never> })
    const built = compiledTree(words[language])
    const told = (result: unknown) => [result].flat(9).join('')
    for (const [key, message] of language === 'en' ? english : german)
      for (const count of [0, 1, 2, 12_345.5]) {
        const values = sampleFor(shapeOf(message), count)
        const compiled = key.split('.').reduce<Compiled[string] | undefined>((tree, part) => (tree as Compiled)[part], built)
        const shown = formatCompiled(key, compiled as never, values as never, formatting as never)
        expect({ key, count, said: told(shown) }).toEqual({ key, count, said: told(say.markup(key as never, values as never)) })
      }
  })

  test('has no empty message, and none with blanks around it', () => {
    const wrong = [...english, ...german].filter(([, message]) => message === '' || message !== message.trim())
    expect(wrong).toEqual([])
  })
})

test('what is read from a catalogue without being said is plain text: the build leaves nothing else a text', () => {
  const wrong: string[] = []
  for (const file of ['services', 'emails', 'app']
    .flatMap(filesUnder)
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))) {
    const source = readFileSync(path.join(root, file), 'utf8')
    const [, imported] = /^import en from '(.*\.json)'/m.exec(source) ?? []
    if (!imported) continue
    const words = read(path.join(path.dirname(file), imported))
    for (const [, group = ''] of source.matchAll(/(?<!typeof |\bin )\ben\.(\w+)/g))
      for (const [key, message] of flat({ [group]: words[group] ?? '' })) if (shapeOf(message).length > 0) wrong.push(`${file}: ${key}`)
  }
  expect(wrong).toEqual([])
})

test('every area is read from its files', () => {
  for (const language of languages)
    expect(
      filesUnder(`app/words/${language}`)
        .map((file) => path.basename(file, '.json'))
        .sort(),
    ).toEqual(Object.keys(en).sort())
})

test('every sentence of the forms that outsiders fill in is known', () => {
  const sources = ['services/accounts/schema.ts', 'services/accounts/rules/passwords.ts']
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n')
  const sentences = [...sources.matchAll(/['`]([A-Z][^'`\n]{6,}\.)['`]/g)].map(([, text = '']) =>
    text.replace(/\$\{(?:most|\w+Password)\}/g, '1'),
  )
  const plain = sentences.filter((text) => !text.includes('${') && !/what it is to us/.test(text))
  expect(plain.length).toBeGreaterThan(12)
  expect(plain.filter((text) => !(sentenceKey(text) in de.forms))).toEqual([])
  expect(sentenceIn('de', 'Use at most 500 characters.')).toBe('Verwenden Sie höchstens 500 Zeichen.')
  expect(sentenceIn('de', 'Enter your name.')).toBe('Geben Sie Ihren Namen ein.')
  expect(sentenceIn('en', 'Enter your name.')).toBe('Enter your name.')
})

test.each([
  ['Invalid input: expected string, received undefined', 'Fill this in.', 'Bitte füllen Sie das aus.'],
  ['Invalid input: expected number, received NaN', 'Write a number.', 'Schreiben Sie eine Zahl.'],
  ['Invalid email address', 'Enter an e-mail address, such as name@company.com.', 'Geben Sie eine E-Mail-Adresse ein, etwa name@firma.de.'],
  ['Invalid option: expected one of "a"|"b"', 'Look at this again.', 'Bitte prüfen Sie diese Angabe.'],
  ['Too big: expected string to have <=160 characters', 'Use at most 160 characters.', 'Verwenden Sie höchstens 160 Zeichen.'],
  ['Too small: expected string to have >=1 characters', 'Fill this in.', 'Bitte füllen Sie das aus.'],
  ['Too small: expected number to be >=0', '0 or more, please.', 'Bitte 0 oder mehr.'],
  ['Too small: expected number to be >=0.001', 'Look at this again.', 'Bitte prüfen Sie diese Angabe.'],
  ['Too big: expected number to be <=10000000', '10000000 or less, please.', 'Bitte 10000000 oder weniger.'],
])('nobody reads what the validator says by itself: %s', (said, english, german) => {
  expect([sentenceIn('en', said), sentenceIn('de', said)]).toEqual([english, german])
})

test('every text of a page is used by one', () => {
  const sources = ['app', 'services', 'emails']
    .flatMap(filesUnder)
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !file.includes('/generated/'))
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n')
  const literals = new Set([...sources.matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, text]) => text))
  // `limits.${kind}` and `${status}.title` stand for all keys of their form, `en.axes` for a whole group.
  const forms = [
    ...new Set([...sources.matchAll(/`((?:[\w.-]|\$\{[^}]*\})*[\w.-]{3,}(?:[\w.-]|\$\{[^}]*\})*)`/g)].map(([, text = '']) => text)),
  ]
    .filter((text) => text.includes('${') && text.includes('.'))
    .map((text) => new RegExp(`^${text.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`))
  const groups = new Set([...sources.matchAll(/\ben\.(\w+)/g)].map(([, text]) => text))
  const said = (key: string) => literals.has(key) || groups.has(key.split('.')[0]) || forms.some((form) => form.test(key))
  /** By its key, or from within a group that a component has taken whole: `useTranslations('ui.type-ahead')`. */
  const used = (area: string, key: string) =>
    said(key) ||
    key
      .split('.')
      .some((_, at, parts) => at > 0 && literals.has([area, ...parts.slice(0, at)].join('.')) && said(parts.slice(at).join('.')))
  const unused = catalogues.flatMap(({ name, words }) =>
    flat(words.en).flatMap(([key]) => (name.endsWith('/forms.json') || used(path.basename(name, '.json'), key) ? [] : [`${name}: ${key}`])),
  )
  expect(unused).toEqual([])
})

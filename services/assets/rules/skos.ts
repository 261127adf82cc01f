import { readKeywords, writeKeywords } from './keyword-line.ts'

/** A term as files exchange it: by codes, not by our ids. */
export interface TermRow {
  code: string
  label: string
  labelDe: string
  altLabels: string[]
  notes: string
  uri: string
  broader: string | null
  retired: boolean
  replacedBy: string | null
}
export interface VocabularyWords {
  code: string
  name: string
  nameDe: string
  notes: string
  uri: string
  source: string
}
export type TermsRead = { ok: true; rows: TermRow[] } | { ok: false; problems: string[] }

export const termColumns = ['code', 'label', 'label_de', 'alt_labels', 'broader', 'notes', 'uri', 'retired', 'replaced_by'] as const

/** The cells of a term's row, in the order of `termColumns`. */
export const cellsOf = (row: TermRow): string[] => [
  row.code,
  row.label,
  row.labelDe,
  writeKeywords(row.altLabels, '; '),
  row.broader ?? '',
  row.notes,
  row.uri,
  row.retired ? 'yes' : '',
  row.replacedBy ?? '',
]

const mostProblems = 20

/** Rows of a CSV file as terms; the header names the columns, `code` and `label` are needed. */
export function termsOfCells(header: readonly string[], rows: readonly { no: number; cells: readonly string[] }[]): TermsRead {
  const names = header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/[\s-]+/g, '_'),
  )
  const unknown = names.filter((name) => name !== '' && !termColumns.some((known) => known === name))
  const problems = unknown.map((name) => `There is no column “${name}”. Known are: ${termColumns.join(', ')}.`)
  for (const needed of ['code', 'label']) if (!names.includes(needed)) problems.push(`The column “${needed}” is missing.`)
  if (problems.length > 0) return { ok: false, problems }
  const read = rows.map(({ no, cells }) => {
    const of = (name: (typeof termColumns)[number]) => (cells[names.indexOf(name)] ?? '').trim()
    return {
      no,
      row: {
        code: of('code'),
        label: of('label'),
        labelDe: of('label_de'),
        altLabels: readKeywords(of('alt_labels'), ';|'),
        notes: of('notes'),
        uri: of('uri'),
        broader: of('broader') || null,
        retired: /^(yes|true|1|ja)$/i.test(of('retired')),
        replacedBy: of('replaced_by') || null,
      },
    }
  })
  return soundRows(read)
}

/** What holds of every file of terms, whatever its form: codes are there once, and what they point to is there. */
function soundRows(read: readonly { no: number; row: TermRow }[]): TermsRead {
  const problems: string[] = []
  const seen = new Set<string>()
  for (const { no, row } of read) {
    const at = `Row ${no}`
    if (row.code === '' || row.code.length > 60 || /\s/.test(row.code)) problems.push(`${at}: a code has 1 to 60 characters and no spaces.`)
    else if (seen.has(row.code)) problems.push(`${at}: the code “${row.code}” is there twice.`)
    seen.add(row.code)
    if (row.label === '' || row.label.length > 200) problems.push(`${at}: a label has 1 to 200 characters.`)
    if (row.replacedBy !== null && !row.retired) problems.push(`${at}: only a retired term is replaced by another.`)
  }
  for (const { no, row } of read)
    for (const [word, code] of [['broader', row.broader] as const, ['replaced_by', row.replacedBy] as const])
      if (code !== null && (code === row.code || !seen.has(code)))
        problems.push(`Row ${no}: “${word}” names “${code.slice(0, 60)}”, which is not another code of this file.`)
  if (problems.length > mostProblems)
    return { ok: false, problems: [...problems.slice(0, mostProblems), `And ${problems.length - mostProblems} more.`] }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rows: read.map(({ row }) => row) }
}

const skos = 'http://www.w3.org/2004/02/skos/core#'
/** Where a term is known in the world; our own address space where it came from nowhere. */
const uriOf = (vocabulary: VocabularyWords, row: Pick<TermRow, 'code' | 'uri'>): string =>
  row.uri || `${vocabulary.uri || `urn:clearmark:vocabulary:${vocabulary.code}:`}${row.code}`
const said = (en: string, de: string) => [{ '@language': 'en', '@value': en }, ...(de ? [{ '@language': 'de', '@value': de }] : [])]

/** The vocabulary as SKOS in JSON-LD. */
export function toJsonLd(vocabulary: VocabularyWords, rows: readonly TermRow[]): object {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const idOf = (code: string | null) => {
    const row = byCode.get(code ?? '')
    return row ? { '@id': uriOf(vocabulary, row) } : undefined
  }
  const scheme = vocabulary.uri || `urn:clearmark:vocabulary:${vocabulary.code}`
  return {
    '@context': {
      skos,
      dct: 'http://purl.org/dc/terms/',
      owl: 'http://www.w3.org/2002/07/owl#',
      prefLabel: 'skos:prefLabel',
      altLabel: 'skos:altLabel',
      notation: 'skos:notation',
      scopeNote: 'skos:scopeNote',
      broader: { '@id': 'skos:broader', '@type': '@id' },
      inScheme: { '@id': 'skos:inScheme', '@type': '@id' },
      deprecated: 'owl:deprecated',
      isReplacedBy: { '@id': 'dct:isReplacedBy', '@type': '@id' },
    },
    '@graph': [
      {
        '@id': scheme,
        '@type': 'skos:ConceptScheme',
        prefLabel: said(vocabulary.name, vocabulary.nameDe),
        notation: vocabulary.code,
        ...(vocabulary.notes && { scopeNote: vocabulary.notes }),
        ...(vocabulary.source && { 'dct:source': vocabulary.source }),
      },
      ...rows.map((row) => ({
        '@id': uriOf(vocabulary, row),
        '@type': 'skos:Concept',
        inScheme: scheme,
        notation: row.code,
        prefLabel: said(row.label, row.labelDe),
        ...(row.altLabels.length > 0 && { altLabel: row.altLabels }),
        ...(row.notes && { scopeNote: row.notes }),
        ...(row.broader && { broader: idOf(row.broader)?.['@id'] }),
        ...(row.retired && { deprecated: true }),
        ...(row.replacedBy && { isReplacedBy: idOf(row.replacedBy)?.['@id'] }),
      })),
    ],
  }
}

const quoted = (text: string) => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '')}"`
const angled = (uri: string) => `<${uri.replace(/[<>"{}|^`\\\s]/g, (sign) => encodeURIComponent(sign))}>`

/** The vocabulary as SKOS in Turtle. */
export function toTurtle(vocabulary: VocabularyWords, rows: readonly TermRow[]): string {
  const byCode = new Map(rows.map((row) => [row.code, row]))
  const at = (code: string) => angled(uriOf(vocabulary, byCode.get(code) ?? { code, uri: '' }))
  const scheme = angled(vocabulary.uri || `urn:clearmark:vocabulary:${vocabulary.code}`)
  const block = (subject: string, lines: (string | false)[]) => `${subject} ${lines.filter(Boolean).join(' ;\n    ')} .\n`
  return [
    `@prefix skos: <${skos}> .\n@prefix dct: <http://purl.org/dc/terms/> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n`,
    block(scheme, [
      'a skos:ConceptScheme',
      `skos:prefLabel ${quoted(vocabulary.name)}@en`,
      vocabulary.nameDe !== '' && `skos:prefLabel ${quoted(vocabulary.nameDe)}@de`,
      vocabulary.source !== '' && `dct:source ${quoted(vocabulary.source)}`,
    ]),
    ...rows.map((row) =>
      block(at(row.code), [
        'a skos:Concept',
        `skos:inScheme ${scheme}`,
        `skos:notation ${quoted(row.code)}`,
        `skos:prefLabel ${quoted(row.label)}@en`,
        row.labelDe !== '' && `skos:prefLabel ${quoted(row.labelDe)}@de`,
        ...row.altLabels.map((label) => `skos:altLabel ${quoted(label)}`),
        row.notes !== '' && `skos:scopeNote ${quoted(row.notes)}`,
        row.broader !== null && `skos:broader ${at(row.broader)}`,
        row.retired && 'owl:deprecated true',
        row.replacedBy !== null && `dct:isReplacedBy ${at(row.replacedBy)}`,
      ]),
    ),
  ].join('\n')
}

type Loose = Record<string, unknown>
const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const many = (value: unknown): unknown[] => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value])
const named = (node: Loose, name: string): unknown[] =>
  many(node[name] ?? node[`skos:${name}`] ?? node[`${skos}${name}`] ?? node[`dct:${name}`] ?? node[`owl:${name}`])
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : isLoose(value) && typeof value['@value'] === 'string' ? value['@value'] : ''
const idOf = (value: unknown): string =>
  typeof value === 'string' ? value : isLoose(value) && typeof value['@id'] === 'string' ? value['@id'] : ''

/** Labels by language: a list of tagged values, or IPTC's map from language to words. */
function labelIn(node: Loose, language: 'en' | 'de'): string {
  for (const value of named(node, 'prefLabel')) {
    if (typeof value === 'string' && language === 'en') return value
    if (!isLoose(value)) continue
    const tag = value['@language']
    if (typeof tag === 'string' ? tag.toLowerCase().startsWith(language) : '@value' in value && language === 'en') return textOf(value)
    if ('@value' in value) continue
    const entry = Object.entries(value).find(([key]) => key.toLowerCase().split('-')[0] === language)
    if (entry) return textOf(entry[1])
  }
  return ''
}

/** SKOS in JSON-LD as terms: ours, and what others write in much the same way (IPTC's `conceptSet` with it). */
export function termsOfJsonLd(text: string): TermsRead {
  let file: unknown
  try {
    file = JSON.parse(text)
  } catch {
    return { ok: false, problems: ['This is not JSON.'] }
  }
  const graph = Array.isArray(file) ? file : isLoose(file) ? many(file['@graph'] ?? file['conceptSet'] ?? file) : []
  const nodes = graph
    .filter(isLoose)
    .filter((node) => many(node['@type'] ?? node['type']).some((type) => /(^|[:#/])Concept$/.test(String(type))))
  if (nodes.length === 0) return { ok: false, problems: ['There is no skos:Concept in it.'] }
  const uri = (node: Loose) => idOf(node['@id'] ?? node['uri'])
  const codeOf = (node: Loose) =>
    textOf(named(node, 'notation')[0]) || textOf(node['qcode']).split(':').at(-1) || uri(node).split(/[/#:]/).filter(Boolean).at(-1) || ''
  const codes = new Map(nodes.map((node) => [uri(node), codeOf(node)]))
  const pointed = (node: Loose, name: string) =>
    named(node, name)
      .map((value) => codes.get(idOf(value)))
      .find((code) => code !== undefined) ?? null
  return soundRows(
    nodes.map((node, index) => ({
      no: index + 1,
      row: {
        code: codeOf(node).slice(0, 60),
        label: labelIn(node, 'en') || labelIn(node, 'de'),
        labelDe: labelIn(node, 'de'),
        altLabels: named(node, 'altLabel')
          .flatMap((value) => (isLoose(value) && !('@value' in value) ? Object.values(value).flatMap(many).map(textOf) : [textOf(value)]))
          .filter(Boolean),
        notes: textOf(named(node, 'scopeNote')[0]) || textOf(named(node, 'definition')[0]),
        uri: uri(node).startsWith('urn:clearmark:') ? '' : uri(node),
        broader: pointed(node, 'broader'),
        retired: named(node, 'deprecated').length > 0 || node['retired'] !== undefined,
        replacedBy: named(node, 'deprecated').length > 0 || node['retired'] !== undefined ? pointed(node, 'isReplacedBy') : null,
      },
    })),
  )
}

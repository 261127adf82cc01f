// Archives and the documents that are archives (Word, PowerPoint). They are listed and looked into, never unpacked.
import sharp from 'sharp'
import { iconCard, listCard, sizeWords } from './card.mjs'
import { limits } from './picture.mjs'
import { openReader } from './reader.mjs'
import { Unfit, saidBy } from './unfit.mjs'
import { readDirectory, readEntry } from './zip.mjs'

const listed = 300
const readable = (name) => name.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, '').slice(0, 300)

export async function readArchive({ path: file, mediaType, edge }) {
  const reader = await openReader(file)
  try {
    const entries = await readDirectory(reader)
    return mediaType === 'application/zip' ? await archive(entries) : await office(reader, entries, mediaType, edge)
  } finally {
    await reader.close()
  }
}

async function archive(entries) {
  const files = entries.filter(({ name }) => !name.endsWith('/'))
  const unpackedSize = files.reduce((sum, { size }) => sum + size, 0)
  const names = files.slice(0, listed).map(({ name, size }) => ({ name: readable(name), size }))
  const summary = `${files.length} · ${sizeWords(unpackedSize)}`
  return {
    picture: names.length
      ? await listCard(
          'ZIP',
          summary,
          names.map(({ name }) => name),
        )
      : await iconCard('ZIP'),
    form: 'LIST',
    facts: {
      entries: names,
      entryCount: files.length,
      unpackedSize,
      ...(entries.some(({ encrypted }) => encrypted) && { encrypted: true }),
    },
  }
}

const kinds = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { ending: 'DOCX', what: 'a Word document' },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { ending: 'PPTX', what: 'a presentation' },
}
const partLimit = 4 * 1024 * 1024
const thumbnailLimit = 20 * 1024 * 1024

async function office(reader, entries, mediaType, edge) {
  const { ending, what } = kinds[mediaType]
  const entry = (name) => entries.find((each) => each.name.toLowerCase() === name)
  const part = async (name) => {
    const found = entry(name)
    return found ? (await readEntry(reader, found, partLimit))?.toString('utf8') : undefined
  }
  const types = await part('[content_types].xml')
  if (!types) throw new Unfit('unreadable', `The file is damaged: it is not ${what}.`)
  if (/macroEnabled|vnd\.ms-office\.vbaProject/i.test(types) || entries.some(({ name }) => /(^|\/)vbaProject\.bin$/i.test(name)))
    throw new Unfit('unsafe', 'It contains macros.')
  if (!types.includes(`${mediaType}.main+xml`)) throw new Unfit('unsupported', 'The file is not what it claims to be.')
  const [core, app] = [await part('docprops/core.xml'), await part('docprops/app.xml')]
  const count = Number(/<(?:Slides|Pages)>(\d{1,5})</.exec(app ?? '')?.[1]) || undefined
  const picture = await thumbnailOf(
    reader,
    entry('docprops/thumbnail.jpeg') ?? entry('docprops/thumbnail.jpg') ?? entry('docprops/thumbnail.png'),
    edge,
  )
  return {
    picture: picture ?? (await iconCard(ending, [sizeWords(reader.size)])),
    form: picture ? 'PAGES' : 'ICON',
    pages: count ?? null,
    facts: count ? { slides: count } : {},
    words: saidBy('office', {
      title: text(core, 'dc:title'),
      creator: text(core, 'dc:creator'),
      description: text(core, 'dc:description'),
      keywords: text(core, 'cp:keywords'),
      dateCreated: text(core, 'dcterms:created')?.slice(0, 10),
    }),
  }
}

/** The picture of its first page that the program which saved it put in. */
async function thumbnailOf(reader, entry, edge) {
  try {
    const bytes = entry && (await readEntry(reader, entry, thumbnailLimit))
    if (!bytes) return null
    return await sharp(bytes, limits)
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
  } catch {
    return null
  }
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const text = (xml, name) => {
  const [, found] = new RegExp(`<${name}(?:\\s[^>]*)?>([^<]{1,4000})</${name}>`).exec(xml ?? '') ?? []
  return found?.replace(/&(amp|lt|gt|quot|apos);/g, (_, word) => entities[word]).trim() || undefined
}

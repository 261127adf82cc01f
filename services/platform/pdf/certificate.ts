import sharp from 'sharp'
import type { CertificateContent } from './pdf.ts'
import { drawQr } from './qr.ts'
import { a4, ink, instantOf, Sheet, type Cell } from './sheet.ts'
import type { Style, Words } from './typeset.ts'

const eyebrow: Style = { face: 'strong', size: 7.5, leading: 11, colour: ink.accent, tracking: 0.5 }
const label: Style = { face: 'sans', size: 8.5, leading: 12.5, colour: ink.soft }
const body: Style = { face: 'sans', size: 9.5, leading: 13.5, colour: ink.text }
const strong: Style = { ...body, face: 'strong' }
const code: Style = { face: 'mono', size: 6.6, leading: 10, colour: ink.soft }
const frame = { width: 148, height: 148 }

/** Decodes and flattens the preview: PDF/A allows no WebP and a certificate no transparency. */
async function printable(thumbnail: Uint8Array | null): Promise<{ bytes: Buffer; width: number; height: number } | null> {
  if (!thumbnail) return null
  const { data, info } = await sharp(thumbnail)
    .rotate()
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize({ width: 640, height: 640, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
  return { bytes: data, width: info.width, height: info.height }
}

/** A hash in groups of eight, so that two people can compare it by eye. */
const grouped = (hash: string): string => (hash.match(/.{1,8}/g) ?? []).join(' ')

const onOneLine = (address: string | null): string | null =>
  address &&
  address
    .split(/\s*\n\s*/)
    .filter(Boolean)
    .join(', ')

function section(sheet: Sheet, title: string): void {
  sheet.room(64)
  sheet.y += 10
  sheet.text(title.toUpperCase(), eyebrow, { tag: 'H2' })
  sheet.y += 4
  sheet.rule(ink.text, a4.left, sheet.width, 0.7)
}

function opening(sheet: Sheet, content: CertificateContent): void {
  const { licensor, holder } = content
  sheet.row(
    [
      { words: licensor.name, style: { ...strong, size: 10 }, x: a4.left, width: sheet.width * 0.6 },
      {
        words: content.number,
        style: { ...code, size: 8.5, leading: 13.5, colour: ink.text },
        x: a4.left + sheet.width * 0.6,
        width: sheet.width * 0.4,
        align: 'right',
      },
    ],
    { gap: 0, ruled: false },
  )
  sheet.y += 14
  sheet.text('Licence certificate', { face: 'display', size: 34, leading: 40, colour: ink.text }, { tag: 'H1' })
  sheet.y += 8
  const bold = { colour: ink.accent }
  const words: Words = [
    { text: `${licensor.name} licenses the work named here to ` },
    { text: holder.name, style: bold },
    ...(holder.licensee ? [{ text: ' for use by ' }, { text: holder.licensee, style: bold }] : []),
    { text: ` within the scope set out below, from ${content.from} until ${content.until}. The licence is ` },
    { text: content.exclusive ? 'exclusive' : 'not exclusive', style: bold },
    { text: '.' },
  ]
  sheet.text(words, { face: 'text', size: 12.5, leading: 18.5, colour: ink.text })
}

async function work(sheet: Sheet, content: CertificateContent): Promise<void> {
  const { asset } = content
  const picture = await printable(asset.thumbnail)
  sheet.y += 18
  const taken = picture ? Math.min(frame.height, picture.height * (frame.width / picture.width)) : 80
  sheet.room(taken + 20)
  const top = sheet.y
  const first = sheet.doc.bufferedPageRange().count
  if (picture) {
    const scale = Math.min(frame.width / picture.width, frame.height / picture.height)
    const box = { x: a4.left, y: top, width: picture.width * scale, height: picture.height * scale }
    sheet.figure(`Preview of ${asset.title}`, box, (doc) =>
      doc.image(picture.bytes, box.x, box.y, { width: box.width, height: box.height }),
    )
  }
  const x = picture ? a4.left + frame.width + 22 : a4.left
  const width = sheet.width - (x - a4.left)
  const size = asset.width && asset.height ? ` · ${asset.width} × ${asset.height} px` : ''
  const large = asset.title.length < 120
  sheet.text(asset.title, { face: 'display', size: large ? 17 : 12, leading: large ? 22 : 16, colour: ink.text }, { tag: 'H2', x, width })
  sheet.y += 3
  const by = [asset.creator, asset.creditLine === asset.creator ? '' : asset.creditLine].filter(Boolean).join(' · ')
  if (by) sheet.text(by, body, { x, width })
  sheet.y += 5
  sheet.text(`${asset.fileName}${size} · ${asset.id}`, label, { x, width })
  sheet.y += 6
  sheet.text('SHA-256 of the file', label, { x, width })
  sheet.text(grouped(asset.sha256), { ...code, size: 7.4, leading: 11.5, colour: ink.text }, { x, width: Math.min(width, 180) })
  if (picture && sheet.doc.bufferedPageRange().count === first) sheet.y = Math.max(sheet.y, top + taken)
}

function scope(sheet: Sheet, content: CertificateContent): void {
  section(sheet, 'Scope')
  const [a, b] = [104, 212]
  const cells = (name: string, words: string, codes: string): Cell[] => [
    { words: name, style: label, x: a4.left, width: a - 10, tag: 'TH' },
    { words, style: body, x: a4.left + a, width: b - 12 },
    { words: codes, style: code, x: a4.left + a + b, width: sheet.width - a - b },
  ]
  sheet.within('Table', () => {
    for (const row of content.scope) sheet.row(cells(row.label, row.words, row.codes), { gap: 3.8 })
    const said = new Set(content.scope.map(({ label }) => label))
    if (!said.has('Exclusivity'))
      sheet.row(
        cells(
          'Exclusivity',
          content.exclusive ? 'Exclusive: nobody else is licensed within this scope' : 'Not exclusive',
          content.exclusive ? 'exclusive' : 'non-exclusive',
        ),
        { gap: 3.8 },
      )
    if (!said.has('Period')) sheet.row(cells('Term', `${content.from} until ${content.until}`, ''), { gap: 3.8 })
  })
}

function parties(sheet: Sheet, content: CertificateContent): void {
  const { licensor, holder } = content
  section(sheet, 'Parties')
  const columns = [
    { name: 'Licensor', words: [licensor.name, onOneLine(licensor.address), licensor.email] },
    { name: 'Licence holder', words: [holder.name, onOneLine(holder.address)] },
    ...(holder.licensee ? [{ name: 'For use by', words: [holder.licensee] }] : []),
  ]
  const width = sheet.width / columns.length
  sheet.within('Table', () =>
    sheet.row(
      columns.map(({ name, words }, index) => {
        const [first = '', ...rest] = words.filter((word): word is string => !!word)
        const spans: Words = [
          { text: `${name}\n`, style: { ...label, size: 8 } },
          { text: first, style: strong },
          ...rest.map((text) => ({ text: `\n${text}` })),
        ]
        return { words: spans, style: { ...body, leading: 12.5 }, x: a4.left + index * width, width: width - 14 }
      }),
      { gap: 4, ruled: false },
    ),
  )
}

function papers(sheet: Sheet, content: CertificateContent): void {
  section(sheet, 'Terms and papers')
  const { terms } = content
  const wording: Words = !terms
    ? 'The scope above says everything; no separate terms were agreed.'
    : [
        { text: `${terms.title}, version ${terms.version}`, style: strong },
        { text: ' (in full on the pages that follow)\n' },
        { text: `SHA-256 ${grouped(terms.sha256)}`, style: code },
      ]
  const rows: [string, Words][] = [['Terms', wording]]
  const named = [
    ['Invoice', content.invoiceNumber],
    ['Order', content.orderNumber],
    ['Price', content.price],
  ].filter(([, value]) => value)
  if (named.length > 0) rows.push(['Purchase', named.map(([name, value]) => `${name} ${value}`).join('   ·   ')])
  sheet.within('Table', () => {
    for (const [name, words] of rows)
      sheet.row(
        [
          { words: name, style: label, x: a4.left, width: 94, tag: 'TH' },
          { words, style: body, x: a4.left + 104, width: sheet.width - 104 },
        ],
        { gap: 3.8 },
      )
  })
}

function proof(sheet: Sheet, content: CertificateContent): void {
  const height = 120
  sheet.y += 12
  sheet.room(height)
  const top = sheet.y
  sheet.artifact((doc) => doc.roundedRect(a4.left, top, sheet.width, height, 4).fill(ink.wash))
  const qr = 88
  sheet.figure(`QR code that leads to ${content.verifyUrl}`, { x: a4.left + 20, y: top + 16, width: qr, height: qr }, (doc) => {
    doc.rect(a4.left + 14, top + 10, qr + 12, qr + 12).fill('#ffffff')
    drawQr(doc, content.verifyUrl, a4.left + 20, top + 16, qr, ink.text)
  })
  const x = a4.left + qr + 48
  const width = sheet.width - qr - 64
  const issued = `${instantOf(content.issuedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
  sheet.y = top + 10
  sheet.text('CHECK IT YOURSELF', eyebrow, { x, width, tag: 'H2' })
  sheet.text(content.verifyUrl, { ...strong, size: 9 }, { x, width })
  sheet.y += 6
  sheet.text(
    `Signed with Ed25519, key ${content.keyId}, on ${issued}. The signed document is attached to this file as licence.json; its SHA-256 is`,
    { ...label, size: 8, leading: 11.5 },
    { x, width },
  )
  sheet.text(grouped(content.documentSha256), { ...code, size: 7, leading: 10.5, colour: ink.text }, { x, width })
  const line = top + height - 21
  sheet.artifact((doc) =>
    doc
      .moveTo(x, line)
      .lineTo(x + width, line)
      .lineWidth(0.5)
      .stroke(ink.text),
  )
  sheet.y = line + 3
  sheet.text(`For ${content.licensor.name}, by electronic signature`, { ...label, size: 7.5, leading: 11 }, { x, width })
  sheet.y = top + height
}

/** The terms in full. Blank lines part paragraphs; a line that begins with `#` or is a short numbered line is a heading. */
function fullTerms(sheet: Sheet, number: string, terms: NonNullable<CertificateContent['terms']>): void {
  sheet.page()
  sheet.text(terms.title, { face: 'display', size: 24, leading: 30, colour: ink.text }, { tag: 'H2' })
  sheet.text(`Version ${terms.version} · part of licence ${number}`, label)
  sheet.y += 12
  for (const paragraph of terms.body.trim().split(/\n\s*\n/)) {
    const heading = /^#+\s+(.*)$/.exec(paragraph)
    if (heading) {
      sheet.room(48)
      sheet.y += 6
      sheet.text(heading[1] as string, { ...strong, size: 10.5, leading: 15 }, { tag: 'H3' })
      sheet.y += 3
    } else {
      sheet.text(paragraph.replace(/^#+\s+/gm, ''), { face: 'text', size: 10.5, leading: 15.5, colour: ink.text })
      sheet.y += 7
    }
  }
}

/** The licence on paper: what was licensed to whom, how to check it, the terms in full, and the signed document attached. */
export async function drawCertificate(content: CertificateContent): Promise<Uint8Array> {
  const at = instantOf(content.issuedAt)
  const sheet = new Sheet(`Licence certificate ${content.number}`, at)
  opening(sheet, content)
  await work(sheet, content)
  scope(sheet, content)
  parties(sheet, content)
  papers(sheet, content)
  proof(sheet, content)
  if (content.terms) fullTerms(sheet, content.number, content.terms)
  const attachment = {
    name: 'licence.json',
    type: 'application/json',
    relationship: 'Source',
    description: 'The signed licence document (RFC 8785 JSON)',
    creationDate: at,
    modifiedDate: at,
  }
  sheet.doc.file(Buffer.from(content.document, 'utf8'), attachment)
  return sheet.finish(`${content.licensor.name} · Licence ${content.number}`)
}

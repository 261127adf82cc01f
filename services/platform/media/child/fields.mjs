// What a file says of itself, in IPTC's names. XMP first, then IIM, then EXIF (the Metadata Working Group's order).
import exifr from 'exifr'
import { readIim } from './iim.mjs'
import { readXmp } from './xmp.mjs'

const dc = 'http://purl.org/dc/elements/1.1/'
const photoshop = 'http://ns.adobe.com/photoshop/1.0/'
const core = 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'
const extension = 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/'
const xmpRights = 'http://ns.adobe.com/xap/1.0/rights/'
const plus = 'http://ns.useplus.org/ldf/xmp/1.0/'
const cc = 'http://creativecommons.org/ns#'

const longest = 5000
const one = (value) => {
  const text = Array.isArray(value) ? value.filter((item) => typeof item === 'string').join('; ') : value
  return typeof text === 'string' ? text.replaceAll('\0', '').trim().slice(0, longest) || undefined : undefined
}
const many = (value) => {
  const list = (Array.isArray(value) ? value : [value]).map(one).filter((item) => item !== undefined)
  return list.length ? [...new Set(list)].slice(0, 200) : undefined
}
const lastSegment = (value) => one(value)?.replace(/\/$/, '').split('/').at(-1)

function fromXmp(packet) {
  const x = readXmp(packet)
  const licensor = [x[`${plus}Licensor`]].flat()[0]
  return {
    title: one(x[`${dc}title`]),
    headline: one(x[`${photoshop}Headline`]),
    description: one(x[`${dc}description`]),
    altText: one(x[`${core}AltTextAccessibility`]),
    keywords: many(x[`${dc}subject`]),
    creator: one(x[`${dc}creator`]),
    creditLine: one(x[`${photoshop}Credit`]),
    copyrightNotice: one(x[`${dc}rights`]),
    source: one(x[`${photoshop}Source`]),
    dateCreated: one(x[`${photoshop}DateCreated`])?.slice(0, 10),
    digitalSourceType: lastSegment(x[`${extension}DigitalSourceType`]),
    webStatement: one(x[`${xmpRights}WebStatement`]) ?? one(x[`${cc}license`]),
    usageTerms: one(x[`${xmpRights}UsageTerms`]),
    licensorName: one(licensor?.[`${plus}LicensorName`]),
    licensorUrl: one(licensor?.[`${plus}LicensorURL`]),
    modelReleaseStatus: lastSegment(x[`${plus}ModelReleaseStatus`]),
    propertyReleaseStatus: lastSegment(x[`${plus}PropertyReleaseStatus`]),
  }
}

function fromIim(buffer) {
  const i = readIim(buffer)
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)/.exec(i[55]?.[0] ?? '') ?? []
  return {
    title: one(i[5]?.[0]),
    headline: one(i[105]?.[0]),
    description: one(i[120]?.[0]),
    keywords: many(i[25] ?? []),
    creator: one(i[80]),
    creditLine: one(i[110]?.[0]),
    copyrightNotice: one(i[116]?.[0]),
    source: one(i[115]?.[0]),
    dateCreated: year && month !== '00' && day !== '00' ? `${year}-${month}-${day}` : undefined,
  }
}

async function fromExif(buffer) {
  const tiff = buffer.subarray(0, 4).toString('latin1') === 'Exif' ? buffer.subarray(6) : buffer
  const pick = ['ImageDescription', 'Artist', 'Copyright', 'DateTimeOriginal']
  const e = (await exifr.parse(tiff, { pick, reviveValues: false })) ?? {}
  const [, year, month, day] = /^(\d{4}):(\d\d):(\d\d)/.exec(e.DateTimeOriginal ?? '') ?? []
  return {
    description: one(e.ImageDescription),
    creator: one(e.Artist),
    copyrightNotice: one(e.Copyright),
    dateCreated: year && year !== '0000' ? `${year}-${month}-${day}` : undefined,
  }
}

/** A damaged block of metadata is no reason to refuse a sound picture: what cannot be read is left out. */
async function attempt(read) {
  try {
    return await read()
  } catch {
    return {}
  }
}

/** Merge the readings of a file; the first source that has a field gives it. `extra` comes last (a PDF's title, an SVG's). */
export async function readFields({ xmp, iptc, exif, extra = {} }) {
  const readings = [
    xmp ? await attempt(() => fromXmp(xmp)) : {},
    iptc ? await attempt(() => fromIim(iptc)) : {},
    exif ? await attempt(() => fromExif(exif)) : {},
    extra,
  ]
  const fields = {}
  for (const reading of readings) for (const [name, value] of Object.entries(reading)) if (value !== undefined) fields[name] ??= value
  return fields
}

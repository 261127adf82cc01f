import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptedExtensions, acceptedTypes, secondNature, settle, sniff, titleFromName } from './file-types.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const nothing = new Uint8Array()

describe('sniff', () => {
  test.each([
    ['\xff\xd8\xff\xe0\x00\x10JFIF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['II*\0\x08\0\0\0', 'image/tiff'],
    ['MM\0*\0\0\0\x08', 'image/tiff'],
    ['GIF89a', 'image/gif'],
    ['8BPS\0\x01', 'image/vnd.adobe.photoshop'],
    ['\0\0\0\x18ftypavif', 'image/avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf', 'image/avif'],
    ['\0\0\0\x18ftypheic', 'image/heic'],
    ['\0\0\0\x18ftypmif1\0\0\0\0mif1heic', 'image/heic'],
    ['\0\0\0\x18ftypisom', 'video/mp4'],
    ['\0\0\0\x14ftypqt  ', 'video/quicktime'],
    ['\0\0\0\x08wide\0\0\0\0mdat', 'video/quicktime'],
    ['\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', 'video/webm'],
    ['ID3\x04', 'audio/mpeg'],
    ['\xff\xfb\x90\x64', 'audio/mpeg'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'audio/wav'],
    ['OTTO\0', 'font/otf'],
    ['\0\x01\0\0\0\x10', 'font/ttf'],
    ['wOFF', 'font/woff'],
    ['wOF2', 'font/woff2'],
    ['PK\x03\x04', 'application/zip'],
    ['%PDF-1.7\n', 'application/pdf'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    [
      '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a <b> -->\n<!DOCTYPE svg PUBLIC "x" "y" [ <!ENTITY ns "http://x"> ]>\n<svg>',
      'image/svg+xml',
    ],
    ['<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ])('takes %j as %s', (start, mediaType) => {
    expect(sniff(bytes(start))).toEqual({ accepted: true, mediaType })
  })

  test.each([
    ['', 'an empty file'],
    ['PK\x05\x06', 'an empty ZIP archive'],
    ['\xd0\xcf\x11\xe0', 'an old Office document (save it as DOCX or PPTX)'],
    ['ttcf\0', 'a collection of fonts (upload each font by itself)'],
    ['MZ\x90\0', 'a Windows program'],
    ['\x7fELF', 'a Linux program'],
    ['\0\0\0\x18ftypM4A ', 'an M4A recording'],
    ['\0\0\0\x18ftypmif1\0\0\0\0jpeg\0\0\0\0', 'a HEIF picture of a kind we do not know'],
    ['RIFF\x10\0\0\0AVI LIST', 'an AVI film'],
    ['\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska', 'a Matroska film (save it as MP4 or WebM)'],
    ['OggS', 'a sound or film file'],
    ['II*\0\x10\0\0\0CR\x02\0', 'a camera raw file'],
    ['<!DOCTYPE html><html>', 'a web page'],
    ['<html><svg></svg>', 'a web page'],
    ['<note>svg</note>', 'an XML document that is no drawing'],
    ['hello, world', 'a text file'],
    ['\x01\x02\x03\x00\x04', 'a file of a kind we do not know'],
  ])('names %j as %s', (start, what) => {
    expect(sniff(bytes(start))).toEqual({ accepted: false, what })
  })

  test('answers for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (head) => typeof sniff(head).accepted === 'boolean'))
  })
})

describe('secondNature', () => {
  const jpeg = bytes('\xff\xd8\xff\xe0')
  test('finds an archive behind a picture', () => {
    const directory = bytes(`PK\x05\x06${'\0'.repeat(16)}\x03\x00abc`)
    expect(secondNature('image/jpeg', jpeg, directory)).toBe('a ZIP archive')
  })
  test('finds a PDF and a web page in the first kilobyte', () => {
    expect(secondNature('image/jpeg', Buffer.concat([jpeg, bytes('%PDF-1.4')]), nothing)).toBe('a PDF document')
    expect(secondNature('image/png', bytes('\x89PNG<script>alert(1)</script>'), nothing)).toBe('a web page')
  })
  test('lets honest files be', () => {
    expect(secondNature('image/jpeg', jpeg, bytes('PK\x05\x06 in the middle of pixels'))).toBeNull()
    expect(secondNature('application/pdf', bytes('%PDF-1.7'), nothing)).toBeNull()
  })
})

describe('settle', () => {
  const zip = (...names: string[]) => {
    const start = bytes(`PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(names[0]?.length ?? 0)}\0\0\0${names[0] ?? ''}`)
    const list = names.map((name) => `PK\x01\x02${'\0'.repeat(24)}${String.fromCharCode(name.length)}${'\0'.repeat(17)}${name}`).join('')
    const size = String.fromCharCode(list.length & 255, list.length >> 8, 0, 0)
    return [start, bytes(`${list}PK\x05\x06${'\0'.repeat(8)}${size}${'\0'.repeat(6)}`)] as const
  }
  const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  const pptx = 'application/vnd.openxmlformats-officedocument.presentationml.presentation'
  test.each<[string[], string, boolean]>([
    [['a.jpg', 'b/c.pdf'], 'application/zip', true],
    [['[Content_Types].xml', 'word/document.xml'], docx, true],
    [['ppt/presentation.xml', '[Content_Types].xml'], pptx, true],
    [['[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin'], 'an Office document with macros', false],
    [['[Content_Types].xml', 'xl/workbook.xml'], 'an Excel workbook', false],
    [['META-INF/MANIFEST.MF', 'A.class'], 'a Java program', false],
    [['AndroidManifest.xml', 'META-INF/MANIFEST.MF'], 'an Android app', false],
    [['unpacked/[Content_Types].xml', 'unpacked/word/document.xml'], 'application/zip', true],
  ])('an archive of %j is %s', (names, what, accepted) => {
    expect(settle('application/zip', ...zip(...names))).toEqual(accepted ? { accepted, mediaType: what } : { accepted, what })
  })
  test('refuses an archive that is cut off, and whatever is two things at once', () => {
    expect(settle('application/zip', zip('a')[0], nothing)).toEqual({ accepted: false, what: 'a ZIP archive that is cut off' })
    expect(settle('image/gif', bytes('GIF89a/*'), zip('a')[1])).toEqual({ accepted: false, what: 'a picture that is also a ZIP archive' })
    expect(settle('audio/mpeg', bytes('ID3<script>'), nothing)).toEqual({ accepted: false, what: 'a file that is also a web page' })
  })
  test('answers for any bytes', () => {
    const any = fc.uint8Array({ maxLength: 400 })
    fc.assert(
      fc.property(
        any,
        any,
        (head, tail) => typeof settle('application/zip', head, Buffer.concat([tail, zip('a', 'b')[1]])).accepted === 'boolean',
      ),
    )
  })
})

test('every kind can be picked in a browser by its ending', () => {
  for (const { extension } of Object.values(acceptedTypes)) expect(acceptedExtensions.split(',')).toContain(`.${extension}`)
})

test('a first title is the file name in words', () => {
  expect(titleFromName('C:\\shoot\\Harbour_at__dawn.final.JPG')).toBe('Harbour at dawn.final')
  expect(titleFromName('.jpg')).toBe('Untitled')
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { secondNature, sniff, titleFromName } from './file-types.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')
const nothing = new Uint8Array()

describe('sniff', () => {
  test.each([
    ['\xff\xd8\xff\xe0\x00\x10JFIF', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'image/png'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'],
    ['II*\0\x08\0\0\0', 'image/tiff'],
    ['MM\0*\0\0\0\x08', 'image/tiff'],
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
    ['GIF89a', 'a GIF picture'],
    ['8BPS\0\x01', 'a Photoshop document'],
    ['PK\x03\x04', 'a ZIP archive or Office document'],
    ['MZ\x90\0', 'a Windows program'],
    ['\x7fELF', 'a Linux program'],
    ['\0\0\0\x18ftypheic', 'a HEIC picture'],
    ['\0\0\0\x18ftypavif', 'an AVIF picture'],
    ['\0\0\0\x18ftypisom', 'a film (MP4 or QuickTime)'],
    ['RIFF\x10\0\0\0WAVEfmt ', 'a sound or film file'],
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

test('a first title is the file name in words', () => {
  expect(titleFromName('C:\\shoot\\Harbour_at__dawn.final.JPG')).toBe('Harbour at dawn.final')
  expect(titleFromName('.jpg')).toBe('Untitled')
})

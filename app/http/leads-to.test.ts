import { expect, test } from 'vitest'
import { leadsTo } from './leads-to.server.ts'

const ledTo = (boxId?: string) => leadsTo('/lightboxes/:boxId')({ params: { boxId } }).headers.get('location')

test('who opens the address of a form is led to its page, whatever stands in the address', () => {
  expect(ledTo('box_01')).toBe('/lightboxes/box_01')
  expect(ledTo('\u{1f600}')).toBe('/lightboxes/%F0%9F%98%80')
  expect(ledTo('a\r\nSet-Cookie: b=c')).toBe('/lightboxes/a%0D%0ASet-Cookie%3A%20b%3Dc')
  expect(ledTo('../..//evil.example')).toBe('/lightboxes/..%2F..%2F%2Fevil.example')
  expect(ledTo()).toBe('/lightboxes/')
})

import { expect, test } from 'vitest'
import { compareHref, toggled, useInSearch } from './compare.ts'

test('a picture is put into the tray once and taken out again', () => {
  expect(toggled([], 'ast_1')).toEqual(['ast_1'])
  expect(toggled(['ast_1', 'ast_2'], 'ast_1')).toEqual(['ast_2'])
})

test('a fifth picture does not fit', () => {
  const full = ['ast_1', 'ast_2', 'ast_3', 'ast_4']
  expect(toggled(full, 'ast_5')).toBeNull()
  expect(toggled(full, 'ast_4')).toEqual(['ast_1', 'ast_2', 'ast_3'])
})

test('an address names the pictures in their order', () => {
  expect(compareHref(['ast_2', 'ast_1'])).toBe('/compare?a=ast_2&a=ast_1')
})

test('the use that a search asks for goes along with the pictures', () => {
  const search = new URLSearchParams('q=boat&medium=social&until=2027-01-31&exclusive=yes&page=2')
  expect(compareHref(['ast_1'], useInSearch(search))).toBe('/compare?a=ast_1&medium=social&until=2027-01-31')
  expect(compareHref(['ast_1'], useInSearch(new URLSearchParams('territory=%22%3E%3Cb%3E')))).toBe(
    '/compare?a=ast_1&territory=%22%3E%3Cb%3E',
  )
})

import { describe, expect, test } from 'vitest'
import { isList, matching, plain, readList } from './type-ahead-search.ts'

const places = [
  { value: 'WORLD', label: 'Worldwide', words: ['everywhere'] },
  { value: 'DACH', label: 'Germany, Austria and Switzerland', words: ['D-A-CH'] },
  { value: 'DE', label: 'Germany', words: ['Deutschland'] },
  { value: 'AT', label: 'Austria', words: ['Österreich'] },
  { value: 'CH', label: 'Switzerland', words: ['Schweiz', 'Suisse'] },
  { value: 'AU', label: 'Australia' },
  { value: 'TT', label: 'Trinidad and Tobago' },
]
const found = (text: string) => matching(places, text).map(({ value }) => value)

describe('typing', () => {
  test('finds by code, name, part of a name and other names, the nearest first', () => {
    expect(found('at')[0]).toBe('AT')
    expect(found('aust')).toEqual(['AT', 'AU', 'DACH'])
    expect(found('osterr')).toEqual(['AT'])
    expect(found('SCHWEIZ')).toEqual(['CH'])
    expect(found('tobago')).toEqual(['TT'])
    expect(found('nowhere')).toEqual([])
    expect(found(' ')).toHaveLength(places.length)
  })
  test('knows a list from a word', () =>
    expect(['DE, AT', 'DE;AT', 'DE\nAT', 'worldwide except Japan', 'Germany'].map(isList)).toEqual([true, true, true, true, false]))
  test('makes letters plain', () => expect(plain(' Côte d’Ivoire ')).toBe('cote divoire'))
})

describe('a list', () => {
  test('is read by code, name and other name, each once', () =>
    expect(readList(places, 'DE, at; Schweiz\nGermany, Atlantis')).toEqual({
      values: ['DE', 'AT', 'CH'],
      except: [],
      unknown: ['Atlantis'],
    }))
  test('may be joined by words, which names may hold themselves', () =>
    expect(readList(places, 'Germany and Austria, Trinidad and Tobago')).toEqual({ values: ['DE', 'AT', 'TT'], except: [], unknown: [] }))
  test('may say what is left out', () =>
    expect(readList(places, 'Worldwide except DE and Switzerland, Mars', places)).toEqual({
      values: ['WORLD'],
      except: ['DE', 'CH'],
      unknown: ['Mars'],
    }))
  test('takes nothing that two things are called', () =>
    expect(readList([...places, { value: 'XX', label: 'Other', words: ['Deutschland'] }], 'Deutschland')).toEqual({
      values: [],
      except: [],
      unknown: ['Deutschland'],
    }))
})

import { expect, test } from 'vitest'
import { trayFull } from './tray-words.ts'

test('a full tray says its limit, what still fits, and what to do', () => {
  expect(trayFull({ most: 1_000, room: 0 })).toContain('it holds 1,000 assets, and no more fit. Take some off')
  expect(trayFull({ most: 1_000, room: 1 })).toContain('only 1 more fits.')
  expect(trayFull({ most: 1_000, room: 990 })).toContain('only 990 more fit.')
})

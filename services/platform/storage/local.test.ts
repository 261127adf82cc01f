import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { storageContract } from '#services/testing/contracts/storage.ts'
import { localStorage } from './local.ts'

const root = mkdtempSync(path.join(tmpdir(), 'clearmark-local-'))
storageContract('files in a folder', () => localStorage(root))

test('what a killed process was writing is removed by a later one, after a day', async () => {
  const incoming = path.join(root, '.incoming')
  for (const name of ['killed', 'busy']) writeFileSync(path.join(incoming, name), 'half a film')
  utimesSync(path.join(incoming, 'killed'), 1_000_000, 1_000_000)
  await localStorage(root).put('file', Buffer.from('x'))
  expect(readdirSync(incoming)).toEqual(['busy'])
  rmSync(path.join(incoming, 'busy'))
})

test('nothing unfinished is left beside the files', () => expect(readdirSync(path.join(root, '.incoming'))).toEqual([]))

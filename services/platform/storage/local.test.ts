import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { storageContract } from '#services/testing/contracts/storage.ts'
import { localStorage } from './local.ts'

const root = mkdtempSync(path.join(tmpdir(), 'clearmark-local-'))
storageContract('files in a folder', () => localStorage(root))

test('nothing unfinished is left beside the files', () => expect(readdirSync(path.join(root, '.incoming'))).toEqual([]))

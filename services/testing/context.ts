import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sha256 } from '#services/kernel/canonical.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { standingClock } from '#services/platform/clock.ts'
import type { Context } from '#services/platform/context.ts'
import type { Db } from '#services/platform/db.ts'
import { silentLog } from '#services/platform/log.ts'
import type { Letter, Mail } from '#services/platform/mail/mail.ts'
import type { Signer } from '#services/platform/signer.ts'
import { localStorage } from '#services/platform/storage/local.ts'
import { localTagger } from '#services/platform/tagger/local-tagger.ts'
import { absent } from './fakes/absent.ts'

/** The day on which every test lives, unless it moves its clock. */
export const testNow = new Date('2026-11-21T09:00:00.000Z')

export interface TestContext extends Context {
  clock: ReturnType<typeof standingClock>
  mail: Mail & { sent: Letter[] }
}

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const der = publicKey.export({ type: 'spki', format: 'der' })

/** One key pair a process: real signatures, no files. */
export const testSigner: Signer = {
  keyId: sha256(der).slice(0, 16),
  publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64url'),
}

/** Everything an operation may ask for: a standing clock, files in a temporary folder, fakes that remember. */
export function testContext(db: Db, overrides: Partial<Context> = {}): TestContext {
  const sent: Letter[] = []
  return {
    db,
    clock: standingClock(testNow),
    actor: { kind: 'system', houseId: 'org_none', name: 'test' },
    log: silentLog,
    storage: localStorage(mkdtempSync(path.join(tmpdir(), 'clearmark-test-'))),
    payments: absent('payments'),
    mail: { sent, send: async (letter) => void sent.push(letter) },
    media: absent('media'),
    pdf: absent('pdf'),
    tagger: localTagger(),
    signer: testSigner,
    search: null,
    origin: 'https://clearmark.test',
    language: 'en',
    requestId: 'req_test',
    ...overrides,
  } as TestContext
}

/** The same world, asked by somebody else. */
export const asActor = <C extends { actor: Actor }>(ctx: C, actor: Actor): C => ({ ...ctx, actor })

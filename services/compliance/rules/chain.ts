import { canonical, sha256, type Json } from '../../kernel/canonical.ts'

/** One link of the chain with the fact that it seals; `fact` is null when the fact is gone. */
export interface Link {
  seq: bigint
  factId: string
  prevHash: string
  hash: string
  fact: {
    houseId: string
    at: Date
    type: string
    actorKind: string
    actorId: string | null
    actorName: string
    subjectKind: string
    subjectId: string
    body: string
  } | null
}
/** Where the walk stands: the last link that was found right. */
export interface Foot {
  seq: bigint
  hash: string
}
export type FaultKind =
  | 'row-missing'
  | 'fact-missing'
  | 'order-broken'
  | 'body-changed'
  | 'columns-differ'
  | 'head-missing'
  | 'tail-forged'
  | 'fact-outside'
  | 'not-as-noted'
export interface Fault {
  kind: FaultKind
  seq: string
  factId: string | null
  why: string
}

/** Before the first link stands this. */
export const origin: Foot = { seq: 0n, hash: '0'.repeat(64) }

/** The law of the chain: hash = SHA-256 of (previous hash, line feed, body). */
export const hashOf = (prevHash: string, body: string): string => sha256(`${prevHash}\n${body}`)

/** The columns repeat the body for queries; the body is the evidence. Returns the name of the first column that says otherwise. */
function differing(factId: string, fact: NonNullable<Link['fact']>): string | null {
  let body: Record<string, Json>
  try {
    body = JSON.parse(fact.body) as Record<string, Json>
  } catch {
    return 'body'
  }
  const actor = (body.actor ?? {}) as Record<string, Json>
  const subject = (body.subject ?? {}) as Record<string, Json>
  const pairs: [string, Json | undefined, Json][] = [
    ['id', body.id, factId],
    ['house_id', body.house, fact.houseId],
    ['at', body.at, fact.at.toISOString()],
    ['type', body.type, fact.type],
    ['actor_kind', actor.kind, fact.actorKind],
    ['actor_id', actor.id, fact.actorId],
    ['actor_name', actor.name, fact.actorName],
    ['subject_kind', subject.kind, fact.subjectKind],
    ['subject_id', subject.id, fact.subjectId],
  ]
  const wrong = pairs.find(([, said, stored]) => said !== stored)
  return wrong?.[0] ?? (canonical(body) === fact.body ? null : 'body')
}

/** Judges one link against the one before it. Null: it is right. */
export function judgeLink(houseId: string, before: Foot, link: Link): Fault | null {
  const fault = (kind: FaultKind, why: string, seq = link.seq): Fault => ({ kind, seq: seq.toString(), factId: link.factId, why })
  if (link.seq !== before.seq + 1n)
    return {
      ...fault('row-missing', `row ${before.seq + 1n} is missing: after ${before.seq} comes ${link.seq}`, before.seq + 1n),
      factId: null,
    }
  if (!link.fact) return fault('fact-missing', `the fact ${link.factId} that this link seals is not there`)
  if (link.prevHash !== before.hash)
    return fault('order-broken', `it names ${short(link.prevHash)} as the hash before it, but that is ${short(before.hash)}`)
  if (hashOf(link.prevHash, link.fact.body) !== link.hash)
    return fault('body-changed', `the text of the fact does not give the hash ${short(link.hash)} that was written for it`)
  const column = differing(link.factId, link.fact)
  if (column) return fault('columns-differ', `the column ${column} says something else than the sealed text`)
  if (link.fact.houseId !== houseId) return fault('columns-differ', `the fact belongs to another house, ${link.fact.houseId}`)
  return null
}

export const short = (hash: string): string => `${hash.slice(0, 12)}…`

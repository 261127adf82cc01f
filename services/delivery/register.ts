import { createHash, type Hash } from 'node:crypto'
import { pipeline, Transform, type Readable } from 'node:stream'
import { isPerson } from '../kernel/actor.ts'
import { newId } from '../kernel/ids.ts'
import type { Ctx } from '../platform/context.ts'
import type { Caller } from './files.ts'
import type { DeliveryRefusal } from './rules/entitlement.ts'

/** What a delivery is about. */
export interface Subject {
  assetId?: string | null
  versionId?: string | null
  rendition: string
  /** The hash of the version or rendition as it is kept; the hash of what was sent stands in the end row. */
  fileSha256?: string | null
  licenceId?: string | null
  kitId?: string | null
  archiveId?: string | null
}

type Registering = Ctx<'db' | 'clock' | 'actor' | 'requestId'>

const rowOf = (ctx: Registering, subject: Subject, caller: Caller) => {
  const { actor } = ctx
  const at = ctx.clock.now()
  return {
    id: newId('dlv', at),
    houseId: actor.houseId,
    at,
    ...(isPerson(actor) && { orgId: actor.orgId, userId: actor.userId, personName: actor.name }),
    ...subject,
    requestId: ctx.requestId,
    ip: caller.ip,
    userAgent: caller.userAgent?.slice(0, 400) ?? null,
  }
}

/** Write down that bytes were refused, and why; the first row's id is the one that its page is found by. */
export async function registerRefusals(
  ctx: Registering,
  refused: readonly { subject: Subject; reason: DeliveryRefusal }[],
  caller: Caller,
): Promise<string> {
  const rows = refused.map(({ subject, reason }) => ({ ...rowOf(ctx, subject, caller), outcome: 'REFUSED' as const, reason }))
  await ctx.db.delivery.createMany({ data: rows })
  return rows[0]?.id ?? ''
}

/** One file, or a part of it, within the bytes that are about to be sent. */
export interface Consignment {
  subject: Subject
  /** Why it may leave: `licence`, `kit`, `staff`; what could not be done is added, e.g. `licence, unstamped: encrypted`. */
  reason: string
  /** Where it lies in the stream that is sent: `[start, end)`. */
  start: number
  end: number
  /** The first byte of the file that is sent, and the file's size: a part is registered as a part. */
  from: number
  size: number
}

/** Write down, before the first byte, what is about to be sent. The ids stand in the order of the consignments. */
async function registerServed(ctx: Registering, consignments: readonly Consignment[], caller: Caller): Promise<string[]> {
  const rows = consignments.map(({ subject, reason, start, end, from, size }) => {
    const part = from > 0 || end - start < size
    return {
      ...rowOf(ctx, subject, caller),
      outcome: 'SERVED' as const,
      reason,
      byteFrom: part ? BigInt(from) : null,
      byteTo: part ? BigInt(from + (end - start) - 1) : null,
    }
  })
  await ctx.db.delivery.createMany({ data: rows })
  return rows.map(({ id }) => id)
}

interface Meter extends Consignment {
  deliveryId: string
  sent: number
  /** Only a whole file is hashed: of a part, the hash proves nothing. */
  hash: Hash | null
}

function measure(meter: Meter, chunk: Buffer, at: number): void {
  const bytes = chunk.subarray(Math.max(meter.start - at, 0), Math.min(meter.end - at, chunk.length))
  meter.sent += bytes.length
  meter.hash?.update(bytes)
}

/** Write down how it ended: what was handed over, and its hash where the whole file was. */
async function registerEnds(ctx: Ctx<'db' | 'clock'>, meters: readonly Meter[]): Promise<void> {
  const at = ctx.clock.now()
  await ctx.db.deliveryEnd.createMany({
    data: meters.map(({ deliveryId, sent, start, end, hash }) => {
      const complete = sent === end - start
      return { deliveryId, at, complete, bytesSent: BigInt(sent), sentSha256: complete && hash ? hash.digest('hex') : null }
    }),
  })
}

/**
 * Let registered bytes pass: the rows are written before `open` is called, the end rows when the stream has closed, whether
 * it was read to its end or the client left. A process that dies leaves rows without an end, which says just that.
 */
export async function deliver(
  ctx: Registering & Ctx<'log'>,
  consignments: readonly Consignment[],
  caller: Caller,
  open: () => Readable,
): Promise<Readable> {
  const ids = await registerServed(ctx, consignments, caller)
  const meters = consignments.map((consignment, i): Meter => {
    const whole = consignment.from === 0 && consignment.end - consignment.start === consignment.size
    return { ...consignment, deliveryId: ids[i] as string, sent: 0, hash: whole ? createHash('sha256') : null }
  })
  let at = 0
  let first = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      // Consignments lie in order: those behind us are skipped, those ahead are not looked at.
      while (first < meters.length && (meters[first] as Meter).end <= at) first++
      for (let i = first; i < meters.length && (meters[i] as Meter).start < at + chunk.length; i++) measure(meters[i] as Meter, chunk, at)
      at += chunk.length
      done(null, chunk)
    },
  })
  counted.once('close', () => {
    registerEnds(ctx, meters).catch((error: unknown) => ctx.log.error('delivery.end-not-registered', { error, ids }))
  })
  // A client that leaves destroys `counted`; pipeline then closes the source. Its own complaint is the reader's to hear.
  return pipeline(open(), counted, () => undefined)
}

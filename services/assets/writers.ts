import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../kernel/errors.ts'
import type { Ctx } from '../platform/context.ts'

/** A writer that says nothing for so long is taken for dead: the next one need not wait longer after a crash. */
const silence = 10_000
/** How long one waits for another to end, a little longer than it takes to notice that it is dead. */
const patience = 15_000

/**
 * Be the only writer of an upload, over all processes, while `work` runs. `stillWriting` says that one is alive; false:
 * somebody else has taken over, and not a byte more may be written. Waits for whoever writes at present, at most 15 s.
 */
export async function writing<T>(
  ctx: Ctx<'db' | 'clock'>,
  uploadId: string,
  work: (stillWriting: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  const writer = randomUUID()
  const claim = async (): Promise<boolean> => {
    const now = ctx.clock.now()
    const { count } = await ctx.db.upload.updateMany({
      where: { id: uploadId, OR: [{ writer: null }, { writer }, { writerUntil: { lt: now } }] },
      data: { writer, writerUntil: new Date(now.getTime() + silence) },
    })
    return count === 1
  }
  const until = performance.now() + patience
  while (!(await claim())) {
    if ((await ctx.db.upload.count({ where: { id: uploadId } })) === 0) throw new Refusal('not-found', `no upload ${uploadId}`)
    if (performance.now() > until) throw new Refusal('conflict', `upload ${uploadId} is being written`)
    await sleep(200)
  }
  try {
    return await work(claim)
  } finally {
    await ctx.db.upload.updateMany({ where: { id: uploadId, writer }, data: { writer: null, writerUntil: null } })
  }
}

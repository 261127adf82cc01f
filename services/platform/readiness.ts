import type { Ctx } from './context.ts'
import type { CircuitState } from './search/circuit.ts'

export type CheckState = 'ok' | 'failing' | 'draining'

const within = async (milliseconds: number, work: Promise<unknown>): Promise<CheckState> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => void (timer = setTimeout(() => resolve(false), milliseconds)))
  try {
    return (await Promise.race([work.then((answer) => answer !== false), late])) ? 'ok' : 'failing'
  } catch {
    return 'failing'
  } finally {
    clearTimeout(timer)
  }
}

/** What this process needs to serve people, each with two seconds to answer. Payments and mail are not among it: they wait in jobs. */
export async function readiness(ctx: Ctx<'db' | 'storage'>, draining: boolean): Promise<Record<'process' | 'database' | 'files', CheckState>> {
  const [database, files] = await Promise.all([within(2_000, ctx.db.$queryRaw`SELECT 1`), within(2_000, ctx.storage.healthy())])
  return { process: draining ? 'draining' : 'ok', database, files }
}

/** How this process stands with the second search engine; null where there is none. People are served whether it answers or not. */
export const searchStanding = ({ search }: Ctx<'search'>): Pick<CircuitState, 'state' | 'reason' | 'since' | 'nextAt' | 'elsewhere'> | null => search?.circuit.worst() ?? null

/** What this process makes film previews with: the version of ffmpeg, or that the machine has none. Nobody is turned away for it. */
export async function filmStanding({ media }: Ctx<'media'>): Promise<{ ffmpeg: string } | { lacks: 'ffmpeg' }> {
  const version = await media.films()
  return version === null ? { lacks: 'ffmpeg' } : { ffmpeg: version }
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { filmStanding, readiness, searchStanding } from '#services/platform/readiness.ts'

/** Whether a balancer may send people here: database and files answer, and the process is not draining. */
export async function loader({ context }: LoaderFunctionArgs) {
  const checks = await readiness(context.house.context, context.stopping ?? false)
  const ready = Object.values(checks).every((state) => state === 'ok')
  const search = searchStanding(context.house.context)
  return Response.json(
    { ready, checks, films: await filmStanding(context.house.context), ...(search && { search }) },
    { status: ready ? 200 : 503, headers: { 'Cache-Control': 'no-store' } },
  )
}

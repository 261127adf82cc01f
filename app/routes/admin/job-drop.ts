import { redirect, type ActionFunctionArgs } from '@remix-run/node'
import { staffOf } from '#app/http/context.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { answerFailedJob } from '#services/jobs/failed-jobs.ts'

export const loader = () => redirect('/admin/jobs')

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'ADMINISTRATOR')
  const outcome = await answerFailedJob(ctx, { jobId: args.params.jobId ?? '', verb: 'drop' })
  const text = outcome.ok ? 'The job is dropped.' : 'It is no longer among the failed jobs: it has run, runs now, or somebody was quicker.'
  return redirectWithToast('/admin/jobs', { tone: outcome.ok ? 'success' : 'info', text })
}

import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { useRefreshWhile } from '#app/components/assets/use-refresh-while.ts'
import { leftBecause } from '#app/components/library/run-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { runPage, stopRun, undoRun, type TakenBack } from '#services/catalog/library-runs.ts'
import { actWords } from '#services/catalog/rules/library-acts.ts'

export const meta = () => titled('At work')

export async function loader(args: LoaderFunctionArgs) {
  return runPage(await staffOf(args), args.params.runId ?? '')
}

const sayings = {
  'not-ended': 'It is still under way. Stop it first.',
  'cannot-be-undone': 'This cannot be taken back.',
  'nothing-done': 'Nothing was done, so there is nothing to take back.',
  'undone-already': 'It was taken back already.',
  'already-ended': 'It had ended already.',
} as const

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { runId = '' } = args.params
  const verb = (await fieldsOf(args.request)).get('verb')
  const outcome = verb === 'stop' ? await stopRun(ctx, { runId }) : await undoRun(ctx, { runId })
  if (!outcome.ok) return redirectWithToast(`/library/runs/${runId}`, { tone: 'warning', text: sayings[outcome.error] })
  return redirectWithToast(`/library/runs/${outcome.value.runId}`, {
    tone: 'info',
    text: verb === 'stop' ? 'Stopped. What is done stays done.' : 'Taking it back.',
  })
}

const figure = (n: number): string => n.toLocaleString('en-GB')
const names: Record<string, { act: string; done: string }> = {
  ...actWords,
  unschedule: { act: 'Take off the schedule', done: 'taken off the schedule' },
  uncollect: { act: 'Take out of the collection', done: 'taken out of the collection' },
}

/** How many were taken back, how many were not and, where it was stopped, how many wait for it. */
function takenBackWords({ state, done, failed, total }: TakenBack): string {
  const left = total - done - failed
  const counts = `${figure(done)} of ${figure(total)}`
  const stay = failed === 0 ? '' : `, ${figure(failed)} could not be and stay${failed === 1 ? 's' : ''} as ${failed === 1 ? 'it is' : 'they are'}`
  if (state === 'DONE') return done === total ? `This was taken back, all ${figure(total)}.` : `${counts} were taken back${stay}.`
  if (state === 'STOPPED' && left > 0)
    return `Taking this back was stopped: ${counts} were taken back${stay}; ${figure(left)} ${left === 1 ? 'was' : 'were'} not.`
  return `This is being taken back: ${counts} so far${stay}.`
}

export default function Run() {
  const run = useLoaderData<typeof loader>()
  const over = run.endedAt !== null
  useRefreshWhile(!over || run.takenBack?.state === 'WAITING' || run.takenBack?.state === 'RUNNING')
  const words = names[run.act] ?? { act: run.act, done: 'done' }
  return (
    <Page width="narrow">
      <PageHeader
        eyebrow={<Link to="/library">Library</Link>}
        title={`${words.act}: ${figure(run.total)} ${run.total === 1 ? 'asset' : 'assets'}`}
      >
        {over ? 'It has ended.' : 'It goes on by itself: you may leave this page and come back.'}
      </PageHeader>
      <Stack>
        <Progress
          label={`${figure(run.done + run.failed)} of ${figure(run.total)}`}
          value={run.total === 0 ? 100 : Math.round((100 * (run.done + run.failed)) / run.total)}
        />
        <p role="status">
          {figure(run.done)} {words.done}
          {run.failed > 0 && `, ${figure(run.failed)} left as they are`}
          {run.state === 'STOPPED' && '. Stopped before its end'}.
        </p>
        {run.takenBack && (
          <Notice tone={run.mayUndo ? 'warning' : 'info'}>
            {takenBackWords(run.takenBack)} <Link to={`/library/runs/${run.takenBack.runId}`}>See how</Link>
          </Notice>
        )}
        {run.undoes && (
          <p>
            This takes <Link to={`/library/runs/${run.undoes}`}>another act</Link> back.
          </p>
        )}
        <Form method="post" className="cluster">
          {!over && (
            <SubmitButton name="verb" value="stop" tone="secondary">
              Stop here
            </SubmitButton>
          )}
          {run.mayUndo && (
            <SubmitButton name="verb" value="undo" tone="secondary">
              {run.takenBack ? 'Take back the rest' : 'Undo'}
            </SubmitButton>
          )}
          {run.mayGoOn && (
            <SubmitButton name="verb" value="undo" tone="secondary">
              Go on
            </SubmitButton>
          )}
          <ButtonLink to={`/library/selections/${run.selectionId}`}>Back to the selection</ButtonLink>
        </Form>
        {run.left.length > 0 && (
          <Panel title="Left as they are">
            <Stack>
              {run.left.map(({ why, count, assets }) => (
                <section key={why}>
                  <h3>
                    {figure(count)}: {leftBecause(why)}
                  </h3>
                  <ul className="plain-list">
                    {assets.map(({ id, title }) => (
                      <li key={id}>
                        <Link to={`/library/assets/${id}`}>{title}</Link>
                      </li>
                    ))}
                    {count > assets.length && <li className="muted">and {figure(count - assets.length)} more</li>}
                  </ul>
                </section>
              ))}
            </Stack>
          </Panel>
        )}
      </Stack>
    </Page>
  )
}

import { data, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Status } from '#app/components/ui/badge.tsx'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { decidedWords, decisionSayings } from '#app/http/decision.server.ts'
import { fieldsOf, parseFields } from '#app/http/form.server.ts'
import { decideMany, tasksNamed } from '#services/review/many.ts'
import { manyInput, manyVerbs, mostAtOnce } from '#services/review/schema.ts'

export const meta = () => titled('Review')

const words = { approve: 'Approve', changes: 'Ask for changes' } as const

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { searchParams } = new URL(args.request.url)
  const verb = manyVerbs.find((one) => one === searchParams.get('verb')) ?? 'approve'
  return { verb, tasks: await tasksNamed(ctx, searchParams.getAll('step').slice(0, mostAtOnce)) }
}

/** Each is checked and decided by itself: what cannot be keeps none of the others. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const form = parseFields(await fieldsOf(args.request), manyInput)
  if (form.status !== 'success') return data({ error: 'Say why, in a sentence: the senders read it.', results: [] }, { status: 400 })
  const results = await decideMany(ctx, form.value)
  return data({
    error: null,
    results: results.map(({ title, step, reviewId, outcome }) => ({
      title,
      step,
      reviewId,
      ok: outcome.ok,
      says: outcome.ok
        ? decidedWords(outcome.value)
        : outcome.error === 'forbidden'
          ? 'It is not yours to decide.'
          : decisionSayings[outcome.error],
    })),
  })
}

export default function ManyReviews() {
  const { verb, tasks } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const done = answer?.results.filter(({ ok }) => ok).length ?? 0
  if (answer && answer.results.length > 0)
    return (
      <Page width="narrow">
        <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
        <PageHeader
          title={`${done} of ${answer.results.length} decided`}
          actions={
            <ButtonLink to="/library/review" tone="primary">
              Go on
            </ButtonLink>
          }
        />
        <ul className="plain-list" role="status">
          {answer.results.map((one) => (
            <li key={`${one.reviewId}${one.step}`}>
              <Status tone={one.ok ? 'success' : 'danger'}>{one.ok ? 'Done' : 'Not done'}</Status>{' '}
              <Link to={`/library/review/${one.reviewId}`}>{one.title}</Link> <span className="muted">{one.step}.</span> {one.says}
            </li>
          ))}
        </ul>
      </Page>
    )
  if (tasks.length === 0)
    return (
      <Page width="narrow">
        <PageHeader title="Nothing is ticked" />
        <EmptyState
          icon="inbox"
          title="None of these waits any more"
          action={<ButtonLink to="/library/review">Back to the list</ButtonLink>}
        >
          Tick reviews in the list, then decide them together.
        </EmptyState>
      </Page>
    )
  return (
    <Page width="narrow">
      <Breadcrumbs trail={[{ to: '/library/review', label: 'Review' }]} />
      <PageHeader title={`${words[verb]}: ${tasks.length} ${tasks.length === 1 ? 'review' : 'reviews'}`}>
        Each is checked by itself. What you may not decide stays as it is, and you are told which.
      </PageHeader>
      <Form method="post">
        <input type="hidden" name="verb" value={verb} />
        {tasks.map(({ stepId }) => (
          <input key={stepId} type="hidden" name="step" value={stepId} />
        ))}
        <Stack>
          {answer?.error && (
            <Notice tone="danger" title="Not decided yet" live>
              {answer.error}
            </Notice>
          )}
          <ul className="plain-list">
            {tasks.map((task) => (
              <li key={task.stepId}>
                <Link to={`/library/review/${task.reviewId}`}>{task.asset.title}</Link>{' '}
                <span className="muted small">
                  {task.step}, version {task.version.number}
                  {!task.able && ': not yours to decide'}
                </span>
              </li>
            ))}
          </ul>
          <TextArea
            name="reason"
            label={verb === 'approve' ? 'A word for the record of each' : 'Reason, for each'}
            rows={3}
            maxLength={1000}
            {...(verb === 'approve' ? { optional: true } : { required: true, minLength: 3 })}
          />
          <div>
            <SubmitButton>{words[verb]}</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Page>
  )
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { QueueBar } from '#app/components/review/queue-bar.tsx'
import { QueueFilter } from '#app/components/review/queue-filter.tsx'
import { QuestionsPanel } from '#app/components/review/questions-panel.tsx'
import { ReviewBoard } from '#app/components/review/review-board.tsx'
import { ReviewMonth } from '#app/components/review/review-month.tsx'
import { TaskList } from '#app/components/review/task-list.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { taskFilterOf } from '#services/review/rules/filter.ts'
import { queueBoard, queueHead, queueList, queueMonth } from '#services/review/views.ts'

export const meta = () => titled('Review')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { searchParams } = new URL(args.request.url)
  const { queue, filter, looker } = await queueHead(ctx, taskFilterOf(searchParams))
  const { view } = filter
  return {
    queue,
    filter,
    list: view === 'list' ? await queueList(ctx, looker, filter, searchParams.get('after')) : null,
    board: view === 'board' ? await queueBoard(ctx, looker, filter, queue.steps, (param) => searchParams.get(param)) : null,
    month: view === 'calendar' ? await queueMonth(ctx, looker, filter, searchParams.get('month')) : null,
  }
}

export default function ReviewQueue() {
  const { queue, filter, list, board, month } = useLoaderData<typeof loader>()
  const first = list?.items.find(({ mine }) => mine) ?? board?.columns.flatMap(({ page }) => page.items).find(({ mine }) => mine)
  return (
    <Page>
      <PageHeader
        title="Review"
        actions={
          <>
            {first && (
              <ButtonLink to={`/library/review/${first.reviewId}`} tone="primary">
                Begin with the first
              </ButtonLink>
            )}
            <ButtonLink to="/account/away" icon="calendar">
              Away
            </ButtonLink>
            {queue.mayKeepRoutes && <ButtonLink to="/library/review/routes">Routes</ButtonLink>}
          </>
        }
      >
        {queue.away.length > 0 && `You stand in for ${queue.away.map(({ name }) => name).join(', ')} today.`}
      </PageHeader>
      <Stack gap="lg">
        <QueueBar queue={queue} filter={filter} />
        {queue.questions.length > 0 && <QuestionsPanel questions={queue.questions} zone={queue.zone} />}
        <QueueFilter queue={queue} filter={filter} />
        {list && <TaskList list={list} queue={queue} filter={filter} />}
        {board && <ReviewBoard board={board} queue={queue} filter={filter} />}
        {month && <ReviewMonth month={month} queue={queue} filter={filter} />}
      </Stack>
    </Page>
  )
}

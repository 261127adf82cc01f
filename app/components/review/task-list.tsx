import { Link } from '@remix-run/react'
import { useRef } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Badge } from '#app/components/ui/badge.tsx'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import type { Page } from '#services/kernel/page.ts'
import { kindWords } from '#services/assets/rules/asset-words.ts'
import type { TaskFilter } from '#services/review/rules/filter.ts'
import type { Task } from '#services/review/tasks.ts'
import type { Queue } from '#services/review/views.ts'
import { ListBar } from './list-bar.tsx'
import { Due, Whose } from './words.tsx'

/** Nothing there, and why. */
export function NoTasks({ queue, filter }: { queue: Queue; filter: TaskFilter }) {
  const asked = filter.q !== '' || filter.step !== '' || filter.route !== '' || filter.owner !== '' || filter.late
  if (asked)
    return (
      <EmptyState
        icon="search"
        title="Nothing here is so"
        action={<ButtonLink to={`/library/review?tab=${queue.tab}`}>Show all</ButtonLink>}
      >
        No open review fits this filter.
      </EmptyState>
    )
  if (queue.tab === 'mine' && queue.counts.all > 0)
    return (
      <EmptyState icon="success" title="Nothing waits for you" action={<ButtonLink to="/library/review?tab=all">See all</ButtonLink>}>
        {queue.counts.all === 1 ? 'One review waits' : `${queue.counts.all.toLocaleString('en-GB')} reviews wait`} for others.
      </EmptyState>
    )
  return (
    <EmptyState icon="success" title="Nothing waits for review" action={<ButtonLink to="/library">To the library</ButtonLink>}>
      When somebody sends an asset for review, it appears here.
    </EmptyState>
  )
}

/** The open steps as a list: tick, walk with j and k, decide many at once. */
export function TaskList({ list, queue, filter }: { list: Page<Task>; queue: Queue; filter: TaskFilter }) {
  const rows = useRef<HTMLOListElement>(null)
  if (list.items.length === 0) return <NoTasks queue={queue} filter={filter} />
  const some = list.items.some(({ able }) => able)
  return (
    <section className="work" aria-label="Open reviews">
      {some && <ListBar list={rows} />}
      <ol className="review-list" ref={rows}>
        {list.items.map((task) => (
          <li key={task.stepId} data-late={task.late || undefined}>
            {task.able ? (
              <input
                type="checkbox"
                name="step"
                value={task.stepId}
                form="many"
                data-work-box=""
                aria-label={`${task.asset.title}, ${task.step}`}
              />
            ) : (
              <span />
            )}
            <AssetPicture
              assetId={task.asset.id}
              version={{ ...task.version, processing: 'READY', width: null, height: null }}
              alt=""
              ratio="3 / 2"
            />
            <div className="review-what">
              <h2>
                <Link to={`/library/review/${task.reviewId}`}>{task.asset.title}</Link>
              </h2>
              <p className="small muted">
                {kindWords[task.asset.kind]}, version {task.version.number}. {task.askedBy} asked.
                {task.asset.state === 'PUBLISHED' && ' Replaces what is live.'}
              </p>
              {task.note && <p className="small">“{task.note}”</p>}
            </div>
            <p className="review-step">
              <Badge tone="info">{task.step}</Badge>
              {task.route && <span className="muted small">{task.route}</span>}
            </p>
            <p className="review-due">
              <Due at={task.dueAt} late={task.late} zone={queue.zone} />
              <Whose task={task} />
            </p>
          </li>
        ))}
      </ol>
      <Pager next={list.next} />
    </section>
  )
}

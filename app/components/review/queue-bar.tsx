import { Link } from '@remix-run/react'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { taskAddress, taskViews, type TaskFilter, type TaskView } from '#services/review/rules/filter.ts'
import type { Queue } from '#services/review/views.ts'

const viewWords: Record<TaskView, string> = { list: 'List', board: 'Board', calendar: 'Calendar' }

/** Whose tasks, and in which shape. Each has its own address. */
export function QueueBar({ queue, filter }: { queue: Queue; filter: TaskFilter }) {
  const { tab, counts } = queue
  return (
    <div className="review-bar">
      <Tabs
        label="Whose reviews"
        tabs={[
          { to: taskAddress({ ...filter, tab: 'mine' }), label: 'Mine', count: counts.mine, current: tab === 'mine' },
          { to: taskAddress({ ...filter, tab: 'others' }), label: 'Waiting for others', count: counts.others, current: tab === 'others' },
          { to: taskAddress({ ...filter, tab: 'all' }), label: 'All', count: counts.all, current: tab === 'all' },
        ]}
      />
      <nav className="review-views" aria-label="View">
        {taskViews.map((view) => (
          <Link
            key={view}
            className="work-chip"
            to={taskAddress({ ...filter, view })}
            aria-current={filter.view === view ? 'true' : undefined}
            preventScrollReset
          >
            {viewWords[view]}
          </Link>
        ))}
      </nav>
    </div>
  )
}

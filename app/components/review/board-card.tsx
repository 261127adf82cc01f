import { Link } from '@remix-run/react'
import type { PointerEvent } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { Menu } from '#app/components/ui/menu.tsx'
import type { Verdict } from '#services/review/rules/route.ts'
import type { Task } from '#services/review/tasks.ts'
import { Due, Whose } from './words.tsx'

const moves: readonly { verdict: Verdict; label: string }[] = [
  { verdict: 'APPROVE', label: 'Approve…' },
  { verdict: 'ASK_CHANGES', label: 'Ask for changes…' },
  { verdict: 'REJECT', label: 'Reject…' },
]

/** One open step. The whole card can be dragged with a mouse, its handle with a finger; the handle's menu says the same in words. */
export function BoardCard({
  task,
  zone,
  held,
  grab,
  onMove,
}: {
  task: Task
  zone: string
  held: boolean
  grab: (event: PointerEvent, stepId: string, byHandle: boolean) => void
  onMove: (task: Task, verdict: Verdict) => void
}) {
  const review = `/library/review/${task.reviewId}`
  return (
    <li
      className="board-card"
      data-step={task.stepId}
      data-held={held || undefined}
      data-late={task.late || undefined}
      onPointerDown={(event) => grab(event, task.stepId, false)}
      // The browser would drag the picture, and take the pointer away.
      onDragStart={(event) => event.preventDefault()}
    >
      <AssetPicture
        assetId={task.asset.id}
        version={{ ...task.version, processing: 'READY', width: null, height: null }}
        alt=""
        ratio="3 / 2"
      />
      <p className="board-title">
        <Link to={review} draggable={false}>
          {task.asset.title}
        </Link>
      </p>
      <div className="board-handle" onPointerDown={(event) => grab(event, task.stepId, true)}>
        <Menu label={`Move “${task.asset.title}”`} align="end" className="button board-grip" trigger={<Icon name="menu" />}>
          {task.able ? (
            moves.map(({ verdict, label }) => (
              // Without the script the link leads to the page where it is decided; with it, the board asks.
              <Link
                key={verdict}
                to={`${review}#decide`}
                onClick={(event) => {
                  event.preventDefault()
                  onMove(task, verdict)
                }}
              >
                {label}
              </Link>
            ))
          ) : (
            <Link to={review}>{task.own ? 'Open: somebody else judges it' : 'Open, or take it over'}</Link>
          )}
        </Menu>
      </div>
      <p className="small">
        <Due at={task.dueAt} late={task.late} zone={zone} />
      </p>
      <div>
        <Whose task={task} />
      </div>
      {task.route && <p className="small muted">{task.route}</p>}
    </li>
  )
}

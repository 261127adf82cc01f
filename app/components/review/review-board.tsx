import { Link } from '@remix-run/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { VisuallyHidden } from '#app/components/ui/layout.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { When } from '#app/components/ui/when.tsx'
import { meaningOf, restColumns } from '#services/review/rules/board.ts'
import { taskAddress, type TaskFilter } from '#services/review/rules/filter.ts'
import type { Verdict } from '#services/review/rules/route.ts'
import type { Task } from '#services/review/tasks.ts'
import type { Board, Queue } from '#services/review/views.ts'
import { BoardCard } from './board-card.tsx'
import { KeysHelp } from './keys-help.tsx'
import { MoveDialog, type Move } from './move-dialog.tsx'
import { NoTasks } from './task-list.tsx'
import { useCardDrag } from './use-card-drag.ts'

const keys = [
  { term: 'Arrows', detail: 'The next card, the next column' },
  { term: 'm', detail: 'Move: everywhere that this card can go' },
  { term: 'a, c, r', detail: 'Approve, ask for changes, reject: asks before it decides' },
  { term: 'Enter', detail: 'Open the review' },
]
const keyed: Readonly<Record<string, Verdict>> = { a: 'APPROVE', c: 'ASK_CHANGES', r: 'REJECT' }

/** Steps as columns. A card moves by a decision and by nothing else: a drag, a menu and a key all ask for it first. */
export function ReviewBoard({ board, queue, filter }: { board: Board; queue: Queue; filter: TaskFilter }) {
  const root = useRef<HTMLDivElement>(null)
  const [move, setMove] = useState<Move | null>(null)
  const [said, setSaid] = useState('')
  const tasks = board.columns.flatMap(({ page }) => page.items)

  const propose = useCallback(
    (task: Task, column: string) => {
      const meaning = meaningOf(task, column)
      if (meaning.verdict === null) setSaid(`“${task.asset.title}”: ${meaning.says}`)
      else setMove({ task, verdict: meaning.verdict, says: meaning.says })
    },
    [setMove],
  )
  const decide = (task: Task, verdict: Verdict) =>
    propose(task, verdict === 'APPROVE' ? 'APPROVED' : verdict === 'ASK_CHANGES' ? 'CHANGES_ASKED' : 'REJECTED')
  const { over, dragging, grab } = useCardDrag(root, (stepId, column) => {
    const task = tasks.find((one) => one.stepId === stepId)
    if (task) propose(task, column)
  })

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target as HTMLElement
    const card = target.closest<HTMLElement>('[data-step]')
    if (!card || target.matches('input, textarea, select')) return
    const task = tasks.find(({ stepId }) => stepId === card.dataset.step)
    const column = card.closest<HTMLElement>('[data-column]')
    const cards = (of: Element | null | undefined) => [...(of?.querySelectorAll<HTMLElement>('[data-step]') ?? [])]
    const at = cards(column).indexOf(card)
    const focus = (one: HTMLElement | undefined) => one?.querySelector<HTMLElement>('.board-title a')?.focus()
    const beside = (by: 1 | -1) => {
      const columns = [...(root.current?.querySelectorAll<HTMLElement>('[data-column]') ?? [])].filter((one) => cards(one).length > 0)
      const next = columns[columns.indexOf(column as HTMLElement) + by]
      const found = cards(next)
      focus(found[Math.min(at, found.length - 1)])
    }
    const verbs: Record<string, () => void> = {
      ArrowDown: () => focus(cards(column)[at + 1]),
      ArrowUp: () => focus(cards(column)[at - 1]),
      ArrowRight: () => beside(1),
      ArrowLeft: () => beside(-1),
      m: () => card.querySelector<HTMLElement>('summary')?.click(),
    }
    const verdict = keyed[event.key]
    const verb = verdict && task ? () => decide(task, verdict) : verbs[event.key]
    if (!verb) return
    event.preventDefault()
    verb()
  }

  const pressed = useRef(onKeyDown)
  pressed.current = onKeyDown
  useEffect(() => {
    const board = root.current
    const press = (event: KeyboardEvent) => pressed.current(event)
    board?.addEventListener('keydown', press)
    return () => board?.removeEventListener('keydown', press)
  }, [])

  const empty = tasks.length === 0 && board.rested.every(({ count }) => count === 0)
  if (empty) return <NoTasks queue={queue} filter={filter} />
  return (
    <>
      <div className="board-head">
        <p className="small muted">A card moves by a decision: each move asks for it first.</p>
        <KeysHelp title="Keys, while a card has the focus" keys={keys} />
      </div>
      <p role="status" className={said ? 'board-said small' : 'visually-hidden'}>
        {said}
      </p>
      <div
        className="board"
        ref={root}

        data-dragging={dragging || undefined}
        role="group"
        aria-label="Reviews by step"
        tabIndex={-1}
      >
        {board.columns.map(({ name, count, page, param }) => (
          <section key={name} className="board-column" data-column={name} data-over={over === name || undefined} aria-label={name}>
            <h2>
              {name} <span className="numeric muted">{count.toLocaleString('en-GB')}</span>
            </h2>
            {page.items.length === 0 && <p className="small muted">Nothing waits here.</p>}
            <ol>
              {page.items.map((task) => (
                <BoardCard key={task.stepId} task={task} zone={queue.zone} grab={grab} onMove={decide} held={dragging === task.stepId} />
              ))}
            </ol>
            <Pager next={page.next} param={param} label={`More of ${name}`} />
          </section>
        ))}
        {board.rested.map(({ state, count, items }) => (
          <section
            key={state}
            className="board-column"
            data-column={state}
            data-rest=""
            data-over={over === state || undefined}
            aria-label={restColumns[state]}
          >
            <h2>
              {restColumns[state]} <span className="numeric muted">{count.toLocaleString('en-GB')}</span>
              <VisuallyHidden> in the last fortnight</VisuallyHidden>
            </h2>
            {items.length === 0 && <p className="small muted">Nothing in the last fortnight.</p>}
            <ol>
              {items.map((item) => (
                <li key={item.reviewId} className="board-card" data-rested="">
                  <AssetPicture
                    assetId={item.asset.id}
                    version={{ ...item.version, processing: 'READY', width: null, height: null }}
                    alt=""
                    ratio="3 / 2"
                  />
                  <p className="board-title">
                    <Link to={`/library/review/${item.reviewId}`}>{item.title}</Link>
                  </p>
                  <p className="small muted">
                    <When at={item.decidedAt} to="day" zone={queue.zone} /> {item.decidedBy && `by ${item.decidedBy}`}
                  </p>
                </li>
              ))}
            </ol>
          </section>
        ))}
      </div>
      <MoveDialog
        move={move}
        back={taskAddress({ ...filter, view: 'board', tab: queue.tab })}
        onClose={(answered) => {
          if (!answered && move) setSaid(`“${move.task.asset.title}” stays in ${move.task.step}.`)
          setMove(null)
        }}
      />
    </>
  )
}

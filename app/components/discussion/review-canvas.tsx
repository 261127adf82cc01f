import { useEffect, useMemo, useRef, useState } from 'react'
import type { Mark } from '#services/discussion/rules/marks.ts'
import { boundsOf, turned, type Region } from '#services/discussion/rules/regions.ts'
import type { Discussion, ThreadSeen } from '#services/discussion/views.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { Link } from '../ui/link.tsx'
import { Picture } from '../ui/picture.tsx'
import { DrawLayer, type Tool } from './draw-layer.tsx'
import { DrawTools } from './draw-tools.tsx'
import { MarkLayer } from './mark-layer.tsx'
import { MarkSteps } from './mark-steps.tsx'
import { OlderThreads } from './older-threads.tsx'
import { Stage } from './stage.tsx'
import { ThreadCard } from './thread-card.tsx'
import { hold, seek, TimeStage } from './time-stage.tsx'
import { useScripted } from './use-scripted.ts'
import { WriteThread } from './write-thread.tsx'

interface ReviewCanvasProps {
  discussion: Discussion
  /** The page on which it stands: forms come back to it. */
  back: string
  alt: string
  eager?: boolean
  /** The whole width is its own: picture and threads stand beside each other. */
  wide?: boolean
}

/** So near to a moment, a mark on it is seen. */
const nearMs = 700

/** A version with its marks and, beside it, what is said about them. Without scripts it is read and written, not drawn. */
export function ReviewCanvas(props: ReviewCanvasProps) {
  const { version, asked } = props.discussion
  // Another version, or a thread that one is led to, begins afresh: neither its page nor a mark half drawn is this one's.
  return <Canvas key={`${version.id} ${asked ?? ''}`} {...props} />
}

function Canvas({ discussion, back, alt, eager, wide }: ReviewCanvasProps) {
  const { asset, version, threads, older, people, mayComment, asked, shown, sealed } = discussion
  const [selected, setSelected] = useState<string | null>(asked)
  const [tool, setTool] = useState<Tool | null>(null)
  const [draft, setDraft] = useState<Region | null>(null)
  const [now, setNow] = useState(0)
  const [turns, setTurns] = useState(0)
  const writing = useRef<HTMLTextAreaElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const scripted = useScripted()
  const sheets = shown?.sheets ?? []
  const pageOf = (threadId: string | null): number | null => {
    const at = threads.find(({ id }) => id === threadId)?.mark?.page
    return at && at <= sheets.length ? at : null
  }
  // Who is led to a thread sees its page first, without scripts too.
  const [page, setPage] = useState(pageOf(asked) ?? 1)
  const sheet = sheets[page - 1] ?? null
  const plays = shown?.plays === true
  const ratio = (sheet?.width ?? 3) / (sheet?.height ?? 2)

  const select = (threadId: string) => {
    setSelected(threadId)
    setPage((before) => pageOf(threadId) ?? before)
    const time = threads.find(({ id }) => id === threadId)?.mark?.time
    if (time) seek(frame.current, time.from)
  }
  const askedFrom = threads.find(({ id }) => id === asked)?.mark?.time?.from
  useEffect(() => {
    if (askedFrom !== undefined) seek(frame.current, askedFrom)
  }, [askedFrom])
  const giveUp = () => {
    setTool(null)
    setDraft(null)
  }
  const choose = (next: Tool | null) => {
    hold(frame.current)
    setDraft(null)
    setTool(next)
  }
  const chosen = threads.find(({ id }) => id === selected)?.mark?.region
  const focus = useMemo(() => {
    if (!chosen || !selected) return null
    const { x, y, width, height } = boundsOf(turned(chosen, turns))
    return { x: x + width / 2, y: y + height / 2, key: selected }
  }, [chosen, selected, turns])
  const mark: Mark | null = draft && { region: draft, ...(sheets.length > 1 && { page }), ...(plays && { time: { from: now } }) }
  const here = threads
    .filter(({ mark: at }) => (plays ? isNear(at, now) : (at?.page ?? 1) === page))
    .map((thread) => turnedThread(thread, turns))
  const tools = mayComment && sheet ? <DrawTools tool={tool} onTool={choose} /> : null
  const steps = scripted && <MarkSteps threads={threads} selected={selected} onSelect={select} />
  const layers = (
    <>
      <MarkLayer threads={here} selected={selected} onSelect={select} />
      {tool && (
        <DrawLayer
          tool={tool}
          draft={draft && turned(draft, turns)}
          onDraft={(region) => setDraft(region && turned(region, -turns))}
          onDone={() => writing.current?.focus()}
          onGiveUp={giveUp}
        />
      )}
    </>
  )

  return (
    <div className="talk" data-wide={wide ? '' : undefined}>
      {shown && plays ? (
        <TimeStage
          player={shown.player}
          alt={alt}
          threads={threads}
          selected={selected}
          frame={frame}
          onTime={setNow}
          onSelect={select}
          under={steps}
          tools={scripted && shown.player.form === 'FILM' && <div className="stage-bar">{tools}</div>}
        >
          {layers}
        </TimeStage>
      ) : (
        <Stage
          label={`Picture of version ${version.number}`}
          ratio={ratio}
          focus={focus}
          turns={turns}
          onTurn={() => setTurns((before) => (before + 1) % 4)}
          tools={tools}
          under={
            <>
              {sheets.length > 1 && <Pages page={page} pages={sheets.length} onPage={setPage} />}
              {steps}
            </>
          }
        >
          <Picture
            src={sheet?.src ?? null}
            alt={sealed ? 'Under an embargo: there is no picture for you' : alt}
            width={sheet?.width ?? null}
            height={sheet?.height ?? null}
            tint={version.dominantColour}
            fit="contain"
            cutOut={asset.kind === 'LOGO'}
            icon={sealed ? 'lock' : version.processing === 'REJECTED' ? 'warning' : 'clock'}
            {...(eager && { eager })}
          />
          {layers}
        </Stage>
      )}
      <div className="talk-list">
        {mayComment && (
          <WriteThread
            assetId={asset.id}
            version={version}
            back={back}
            people={people}
            mark={mark}
            pages={version.pages ?? 1}
            timed={version.durationMs !== null && shown?.player.form !== 'PICTURE'}
            now={plays ? () => now : null}
            area={writing}
            onGiveUp={giveUp}
          />
        )}
        {!wide && (
          <p className="small">
            <Link to={`/library/assets/${asset.id}/discussion?version=${version.number}&show=all`}>
              All that was said, resolved threads too
            </Link>
          </p>
        )}
        {threads.length === 0 && older.length === 0 && <NothingSaid show={discussion.show} />}
        {threads.map((thread) => (
          <ThreadCard
            key={thread.id}
            thread={thread}
            versionId={version.id}
            back={back}
            people={people}
            mayComment={mayComment}
            selected={thread.id === selected}
            part={!plays && shown?.thumb ? { src: shown.thumb, ratio } : null}
            onSelect={() => select(thread.id)}
          />
        ))}
        {discussion.next !== null && (
          <ButtonLink to={`?version=${version.number}&show=${discussion.show}&from=${discussion.next}`} size="sm">
            More threads
          </ButtonLink>
        )}
        {older.length > 0 && <OlderThreads discussion={discussion} back={back} />}
      </div>
    </div>
  )
}

/** A thread with its mark as it lies in a view that is turned. */
const turnedThread = (thread: ThreadSeen, turns: number): ThreadSeen =>
  thread.mark?.region && turns > 0 ? { ...thread, mark: { ...thread.mark, region: turned(thread.mark.region, turns) } } : thread

const isNear = (mark: Mark | null, now: number): boolean =>
  mark?.time === undefined || (now >= mark.time.from - nearMs && now <= (mark.time.to ?? mark.time.from) + nearMs)

const nothing: Record<Discussion['show'], readonly [string, string]> = {
  open: ['Nothing is open', 'What is said about this version appears here.'],
  resolved: ['Nothing was resolved yet', 'Threads that somebody has settled appear here.'],
  mine: ['You are in no thread', 'Threads in which you write or are named appear here.'],
  all: ['Nothing was said yet', 'Mark a place in the picture, or write about the whole.'],
}

function NothingSaid({ show }: { show: Discussion['show'] }) {
  const [title, words] = nothing[show]
  return (
    <EmptyState icon="edit" title={title} as="h3">
      {words}
    </EmptyState>
  )
}

const Pages = ({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) => (
  <p className="cluster" data-gap="sm">
    <Button size="sm" tone="quiet" icon="arrow-left" onClick={() => onPage(Math.max(1, page - 1))} aria-disabled={page === 1}>
      Page before
    </Button>
    <span className="numeric small" aria-live="polite">
      Page {page} of {pages}
    </span>
    <Button size="sm" tone="quiet" icon="arrow-right" onClick={() => onPage(Math.min(pages, page + 1))} aria-disabled={page === pages}>
      Next page
    </Button>
  </p>
)

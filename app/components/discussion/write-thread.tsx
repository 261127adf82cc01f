import { useState, type RefObject } from 'react'
import { sayMark, sayTime, type Mark } from '#services/discussion/rules/marks.ts'
import type { Nameable } from '#services/discussion/rules/mentions.ts'
import { Button, SubmitButton } from '../ui/button.tsx'
import { MentionArea } from './mention-area.tsx'
import { TalkForm } from './talk-form.tsx'
import { useScripted } from './use-scripted.ts'

interface WriteThreadProps {
  assetId: string
  version: { id: string; number: number }
  back: string
  people: readonly Nameable[]
  mark: Mark | null
  /** More than one: a page can be named. */
  pages: number
  /** It has moments: one can be named, also where it cannot be played here. */
  timed: boolean
  /** It plays, and this is where it is now. */
  now: (() => number) | null
  area: RefObject<HTMLTextAreaElement>
  onGiveUp: () => void
}

/** Say something about a version: with the mark that is drawn, at a page, at a moment, or about the whole. */
export function WriteThread({ assetId, version, back, people, mark, pages, timed, now, area, onGiveUp }: WriteThreadProps) {
  const scripted = useScripted()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const sent = () => {
    setFrom('')
    setTo('')
    onGiveUp()
  }
  const moments = [
    { name: 'from', label: 'From', value: from, set: setFrom },
    { name: 'to', label: 'to', value: to, set: setTo },
  ]
  return (
    <TalkForm action={`/library/assets/${assetId}/discussion/open`} back={back} onSent={sent}>
      <input type="hidden" name="versionId" value={version.id} />
      <input type="hidden" name="mark" value={mark ? JSON.stringify(mark) : ''} />
      <MentionArea label={`Say something about version ${version.number}`} people={people} areaRef={area} />
      {timed && (
        <div className="cluster talk-moments" data-gap="sm" role="group" aria-label="At a moment, or over a span">
          {moments.map(({ name, label, value, set }) => (
            <span key={name} className="cluster" data-gap="xs">
              <label className="small">
                {label}{' '}
                <input
                  className="input"
                  name={name}
                  size={7}
                  value={value}
                  placeholder="0:00"
                  onChange={(event) => set(event.target.value)}
                />
              </label>
              {scripted && now && (
                <Button size="sm" tone="quiet" aria-label={`Now: ${label}`} onClick={() => set(sayTime(now()))}>
                  Now
                </Button>
              )}
            </span>
          ))}
        </div>
      )}
      {pages > 1 && !mark && (
        <label className="small talk-moments">
          About page <input className="input" name="page" type="number" min={1} max={pages} />{' '}
          <span className="muted">of {pages}, or empty for the whole</span>
        </label>
      )}
      {mark && (
        <p className="small talk-mark">
          With a mark: {sayMark(mark)}.{' '}
          <Button size="sm" tone="quiet" onClick={onGiveUp}>
            Without the mark
          </Button>
        </p>
      )}
      <div>
        <SubmitButton size="sm">Say it</SubmitButton>
      </div>
    </TalkForm>
  )
}

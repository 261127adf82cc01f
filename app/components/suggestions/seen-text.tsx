import { Link } from '#app/components/ui/link.tsx'
import type { SuggestionsPage } from '#services/suggestions/views.ts'

type Text = NonNullable<SuggestionsPage['text']>

const outcomes: Record<string, string> = {
  NONE: 'No text was found in the picture.',
  NOT_WORTH_IT: 'There is no picture of it that is large enough to be read.',
  SWITCHED_OFF: 'Your house does not have text in pictures read.',
  FAILED: 'The text in the picture could not be read.',
}

/** The text that was read, and the way to see where it stands. */
export function SeenText({ text, shown, toggle }: { text: Text | null; shown: boolean; toggle: string }) {
  if (!text) return <p className="small muted">The picture has not been read yet: that happens in the background, after the previews.</p>
  if (text.outcome !== 'TEXT') return <p className="small muted">{outcomes[text.outcome]}</p>
  return (
    <>
      <blockquote className="seen-text">
        {text.text.split('\n').map((line, n) => (
          <span key={n}>{line}</span>
        ))}
      </blockquote>
      <p className="small">
        <Link to={toggle} preventScrollReset>
          {shown ? 'Hide where it stands' : 'Show where it stands'}
        </Link>
      </p>
    </>
  )
}

/** Boxes over the picture, one a word; heard as nothing, because the words stand beside it. */
export function SeenTextLayer({ lines }: { lines: Text['lines'] }) {
  const percent = (share: number) => `${share * 100}%`
  return (
    <div className="seen-boxes" aria-hidden="true">
      {lines.flat().map(({ text, x, y, width, height }, n) => (
        <span key={n} title={text} style={{ left: percent(x), top: percent(y), width: percent(width), height: percent(height) }} />
      ))}
    </div>
  )
}

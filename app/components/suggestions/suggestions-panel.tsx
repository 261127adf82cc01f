import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import type { SuggestionsPage } from '#services/suggestions/views.ts'
import { SeenText } from './seen-text.tsx'
import { SuggestionList } from './suggestion-list.tsx'
import { Swatches } from './swatches.tsx'

const shapes: Record<string, string> = { LANDSCAPE: 'Landscape', PORTRAIT: 'Portrait', SQUARE: 'Square' }

/** What a record might say, and what its picture is known by. Nothing of it is written before a person says so. */
export function SuggestionsPanel({ page, textShown }: { page: SuggestionsPage; textShown: boolean }) {
  const here = `/library/assets/${page.assetId}`
  return (
    <Panel title="Suggestions" id="suggestions">
      <Stack>
        {page.open.length > 0 ? (
          <SuggestionList page={page} back={`${here}#suggestions`} />
        ) : (
          <p className="small muted">Nothing is suggested for this record.</p>
        )}
        <Answered page={page} back={`${here}#suggestions`} />
        <div>
          <p className="eyebrow">Text in the picture</p>
          <SeenText text={page.text} shown={textShown} toggle={textShown ? here : '?text=shown'} />
        </div>
        {page.palette.length > 0 && (
          <div>
            <p className="eyebrow">Colours{page.orientation && ` · ${shapes[page.orientation] ?? ''}`}</p>
            <Swatches palette={page.palette} />
          </div>
        )}
        {page.mayDecide && (
          <p className="small">
            <Link to="/library/suggestions">Go through all suggestions</Link>
          </p>
        )}
      </Stack>
    </Panel>
  )
}

/** What was answered lately, to be taken back. */
export function Answered({ page, back }: { page: Pick<SuggestionsPage, 'assetId' | 'decided' | 'mayDecide'>; back: string }) {
  if (page.decided.length === 0) return null
  return (
    <details className="answered">
      <summary>{`Answered (${page.decided.length})`}</summary>
      <ul className="suggestion-list">
        {page.decided.map(({ id, label, state, fieldLabel }) => (
          <li key={id} className="suggestion">
            <span className="suggestion-words">
              <span className="suggestion-label">{label}</span>
              <span className="small muted">{`${fieldLabel}, ${state === 'ACCEPTED' ? 'accepted' : 'refused'}`}</span>
            </span>
            {page.mayDecide && (
              <Form method="post" action={`/library/assets/${page.assetId}/suggestions`} preventScrollReset>
                <input type="hidden" name="back" value={back} />
                <SubmitButton name="act" value={`undo:${id}`} size="sm" tone="quiet" aria-label={`Take back: ${label.slice(0, 60)}`}>
                  Undo
                </SubmitButton>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

import { Form } from '@remix-run/react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import type { WordOfMany } from '#services/suggestions/views.ts'

/** Words that are suggested for several of a selection: one answer for all of them. */
export function WordsOfMany({ words, selectionId }: { words: readonly WordOfMany[]; selectionId: string }) {
  return (
    <Panel
      title="For the whole selection"
      actions={
        <Form method="post">
          <input type="hidden" name="selectionId" value={selectionId} />
          <SubmitButton name="act" value="look-again" size="sm" tone="quiet">
            Look at all again
          </SubmitButton>
        </Form>
      }
    >
      {words.length === 0 ? (
        <p className="small muted">No word is suggested for several of them.</p>
      ) : (
        <ul className="suggestion-list">
          {words.map(({ field, plain, label, fieldLabel, assets }) => (
            <li key={`${field} ${plain}`} className="suggestion">
              <span className="suggestion-words">
                <span className="suggestion-label">{label}</span>
                <span className="small muted">{`${fieldLabel}, for ${assets} ${assets === 1 ? 'picture' : 'pictures'}`}</span>
              </span>
              <Form method="post" className="suggestion-acts" preventScrollReset>
                <input type="hidden" name="selectionId" value={selectionId} />
                <input type="hidden" name="field" value={field} />
                <input type="hidden" name="plain" value={plain} />
                <SubmitButton name="act" value="accept" size="sm" tone="secondary" aria-label={`Accept ${label} for ${assets}`}>
                  Accept for all
                </SubmitButton>
                <SubmitButton name="act" value="refuse" size="sm" tone="quiet" aria-label={`Refuse ${label} for ${assets}`}>
                  Refuse for all
                </SubmitButton>
              </Form>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Whether the house has text in its pictures read. */
export function ReadingSwitch({ on }: { on: boolean }) {
  return (
    <Panel title="Text in pictures">
      <Form method="post">
        <Cluster justify="between">
          <p className="small muted">
            {on
              ? 'Text in pictures is read on this machine, in German and English, when nothing else is to be done. Nothing leaves the house.'
              : 'Text in pictures is not read. What was read before stays.'}
          </p>
          <SubmitButton name="act" value={on ? 'read-off' : 'read-on'} size="sm" tone="secondary">
            {on ? 'Do not read text' : 'Read text in pictures'}
          </SubmitButton>
        </Cluster>
      </Form>
    </Panel>
  )
}

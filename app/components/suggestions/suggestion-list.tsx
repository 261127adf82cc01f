import { Form } from '@remix-run/react'
import { useRef } from 'react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import type { SuggestionSeen, SuggestionsPage } from '#services/suggestions/views.ts'
import { suggestionKeys, useSuggestionKeys } from './use-suggestion-keys.ts'

/** From here on a suggestion is sure enough to be taken with others. */
export const sureEnough = 0.6
const percent = (confidence: number): number => Math.round(confidence * 100)

/** What is suggested, under the names of its fields, each with why; taken or refused one by one, some, or all that are sure. */
export function SuggestionList({
  page,
  back,
  skipTo,
  grab = false,
}: {
  page: Pick<SuggestionsPage, 'assetId' | 'open' | 'mayDecide'>
  back: string
  /** Where the key for the next picture leads. */
  skipTo?: string | null
  grab?: boolean
}) {
  const list = useRef<HTMLFormElement>(null)
  const { open, mayDecide, assetId } = page
  useSuggestionKeys(list, { answered: open.map(({ id }) => id).join(' '), grab })
  const fields = [...new Set(open.map(({ fieldLabel }) => fieldLabel))]
  const sure = open.filter(({ confidence }) => confidence >= sureEnough).length
  return (
    <Form method="post" action={`/library/assets/${assetId}/suggestions`} preventScrollReset ref={list} className="suggestions">
      <input type="hidden" name="back" value={back} />
      <input type="hidden" name="least" value={sureEnough} />
      {fields.map((field) => (
        <div key={field} role="group" aria-label={field}>
          <p className="eyebrow">{field}</p>
          <ul className="suggestion-list">
            {open
              .filter(({ fieldLabel }) => fieldLabel === field)
              .map((suggestion) => (
                <Suggestion key={suggestion.id} suggestion={suggestion} mayDecide={mayDecide} />
              ))}
          </ul>
        </div>
      ))}
      {mayDecide && open.length > 1 && (
        <Cluster>
          {sure > 0 && (
            <SubmitButton name="act" value="accept-sure" size="sm" data-key={suggestionKeys.all}>
              {`Accept all above ${percent(sureEnough)} % (${sure})`}
            </SubmitButton>
          )}
          <SubmitButton name="act" value="accept-ticked" size="sm" tone="secondary">
            Accept ticked
          </SubmitButton>
          <SubmitButton name="act" value="refuse-ticked" size="sm" tone="quiet">
            Refuse ticked
          </SubmitButton>
        </Cluster>
      )}
      {mayDecide && open.length > 0 && (
        <p className="small muted suggestion-keys">
          With the focus here: <kbd>y</kbd> accept, <kbd>n</kbd> refuse, <kbd>j</kbd> <kbd>k</kbd> on and back
          {sure > 0 && open.length > 1 && (
            <>
              , <kbd>a</kbd> all that are sure
            </>
          )}
          {skipTo && (
            <>
              , <kbd>s</kbd> next picture
            </>
          )}
          .
        </p>
      )}
      {skipTo && (
        <a href={skipTo} data-key={suggestionKeys.skip} className="suggestion-skip">
          Next picture
        </a>
      )}
    </Form>
  )
}

function Suggestion({ suggestion: { id, label, why, confidence }, mayDecide }: { suggestion: SuggestionSeen; mayDecide: boolean }) {
  const short = label.length > 60 ? `${label.slice(0, 60)}…` : label
  return (
    <li className="suggestion" data-suggestion="">
      {mayDecide && <input type="checkbox" name="ids" value={id} aria-label={`Tick ${short}`} />}
      <span className="suggestion-words">
        <span className="suggestion-label">{label}</span>
        <span className="small muted">
          {why}, {percent(confidence)} %
        </span>
      </span>
      {mayDecide && (
        <span className="suggestion-acts">
          <SubmitButton
            name="act"
            value={`accept:${id}`}
            size="sm"
            tone="secondary"
            aria-keyshortcuts={suggestionKeys.accept}
            aria-label={`Accept ${short}`}
          >
            Accept
          </SubmitButton>
          <SubmitButton
            name="act"
            value={`refuse:${id}`}
            size="sm"
            tone="quiet"
            aria-keyshortcuts={suggestionKeys.refuse}
            aria-label={`Refuse ${short}`}
          >
            Refuse
          </SubmitButton>
        </span>
      )}
    </li>
  )
}

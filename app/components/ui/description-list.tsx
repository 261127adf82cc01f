import type { ReactNode } from 'react'

export interface Described {
  term: string
  detail: ReactNode
}

/** Facts about one thing. A fact whose detail shows nothing (null, undefined, false or '') is left out. */
export function DescriptionList({ facts }: { facts: readonly Described[] }) {
  return (
    <dl className="facts">
      {facts
        .filter(({ detail }) => detail !== null && detail !== undefined && detail !== false && detail !== '')
        .map(({ term, detail }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
    </dl>
  )
}

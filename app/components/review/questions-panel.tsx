import { Link } from '@remix-run/react'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { When } from '#app/components/ui/when.tsx'
import type { Queue } from '#services/review/views.ts'

/** What colleagues would like to know of the reader. */
export function QuestionsPanel({ questions, zone }: { questions: Queue['questions']; zone: string }) {
  return (
    <Panel title="You are asked">
      <ul className="plain-list">
        {questions.map(({ id, reviewId, title, askedBy, question, askedAt }) => (
          <li key={id}>
            <Link to={`/library/review/${reviewId}#q-${id}`}>{title}</Link>{' '}
            <span className="muted small">
              {askedBy}, <When at={askedAt} zone={zone} />
            </span>
            <p>“{question}”</p>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

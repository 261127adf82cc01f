import { Form } from '@remix-run/react'
import type { ReactNode } from 'react'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { actWords, type OfferedVerb, type Outlook } from '#services/catalog/rules/library-acts.ts'

const figure = (n: number): string => n.toLocaleString('en-GB')

/** One act on a selection: how many it is for, why it is not for the others, what it wants to know, and the button. */
export function ActCard({ verb, outlook, children, open }: { verb: OfferedVerb; outlook: Outlook; children?: ReactNode; open?: boolean }) {
  const { act } = actWords[verb]
  const without = outlook.cannot.reduce((sum, { count }) => sum + count, 0)
  return (
    <details className="act-card" name="act" {...(open && { open })} data-none={outlook.can === 0 || undefined}>
      <summary>
        <span>{act}</span>
        <span className="numeric small">{outlook.can > 0 ? `${figure(outlook.can)} can` : 'none can'}</span>
      </summary>
      <div className="act-body">
        {without > 0 && (
          <p className="small muted">
            {figure(without)} stay as they are: {outlook.cannot.map(({ why, count }) => `${figure(count)} ${why}`).join(', ')}.
          </p>
        )}
        {outlook.lacks && (
          <p className="small muted">
            Not complete: {outlook.lacks.map(({ label, count }) => `${figure(count)} without “${label}”`).join(', ')}.
          </p>
        )}
        {outlook.can > 0 && (
          <Form method="post" className="act-form">
            {children}
            <SubmitButton name="verb" value={verb} tone={verb === 'delete' ? 'danger' : 'primary'}>
              {`${act} (${figure(outlook.can)})`}
            </SubmitButton>
          </Form>
        )}
      </div>
    </details>
  )
}

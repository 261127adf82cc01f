import { useFetcher } from '@remix-run/react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Notice } from '../ui/notice.tsx'
import { useScripted } from './use-scripted.ts'

/**
 * A form of the discussion. With scripts a refusal is shown in it and what was typed stays; without, the page that follows
 * says it. Emptied once it was taken.
 */
export function TalkForm({ action, back, onSent, children }: { action: string; back: string; onSent?: () => void; children: ReactNode }) {
  const fetcher = useFetcher<{ error?: string }>()
  const form = useRef<HTMLFormElement>(null)
  const scripted = useScripted()
  const sent = useRef(false)
  const refused = fetcher.data?.error
  useEffect(() => {
    if (fetcher.state !== 'idle') sent.current = true
    else if (sent.current) {
      sent.current = false
      if (refused) return
      form.current?.reset()
      onSent?.()
    }
  }, [fetcher.state, refused, onSent])
  return (
    <fetcher.Form
      method="post"
      action={action}
      ref={form}
      preventScrollReset
      className="stack"
      data-gap="sm"
      aria-busy={fetcher.state !== 'idle'}
    >
      <input type="hidden" name="back" value={back} />
      {scripted && <input type="hidden" name="scripted" value="yes" />}
      {refused && fetcher.state === 'idle' && (
        <Notice tone="danger" live>
          {refused}
        </Notice>
      )}
      {children}
    </fetcher.Form>
  )
}

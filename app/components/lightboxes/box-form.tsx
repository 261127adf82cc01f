import { useFetcher } from '@remix-run/react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { boxFetcher, boxForm } from './use-boxes.ts'

/** The form behind all buttons that put a picture into a lightbox. Without JavaScript the page comes back with a message. */
export function BoxForm() {
  const t = useTranslations('lightboxes')
  // A key a click: a second click does not cancel the first.
  const [clicks, setClicks] = useState(0)
  const fetcher = useFetcher<{ said?: string }>({ key: `${boxFetcher}-${clicks % 8}` })
  return (
    <>
      <form
        id={boxForm}
        method="post"
        action="/lightboxes/add"
        aria-label={t('add')}
        onSubmit={(event) => {
          event.preventDefault()
          const pressed = (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null
          if (!pressed) return
          void fetcher.submit({ [pressed.name]: pressed.value, quiet: 'yes' }, { method: 'post', action: '/lightboxes/add' })
          setClicks(clicks + 1)
        }}
      />
      <BoxSaid of={(clicks + 7) % 8} />
    </>
  )
}

/** What came of the last click, heard and, where it was refused, seen. */
function BoxSaid({ of }: { of: number }) {
  const { data } = useFetcher<{ said?: string; refused?: boolean }>({ key: `${boxFetcher}-${of}` })
  return (
    <p role="status" className={data?.refused ? 'box-refused' : 'visually-hidden'}>
      {data?.said ?? ''}
    </p>
  )
}

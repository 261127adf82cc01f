import { useNavigation } from '@remix-run/react'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './button.tsx'

interface DialogProps {
  title: string
  /** The words (and look) of the button that opens it. */
  trigger: ReactNode
  tone?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'sm' | 'md'
  children: ReactNode
}

/**
 * A question that must be answered before going on. Without JavaScript the browser opens it as a popover; with it, as a
 * modal dialog that keeps the focus and closes when its form was sent and taken; what was refused stands marked in it, to be
 * mended there. React 18 does not know the popover attributes, hence the spread.
 */
export function Dialog({ title, trigger, tone = 'secondary', size = 'md', children }: DialogProps) {
  const t = useTranslations('ui')
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const close = () => {
    if (dialog.current?.matches(':popover-open')) dialog.current.hidePopover()
    dialog.current?.close()
  }
  const { state } = useNavigation()
  const sent = useRef(false)
  useEffect(() => {
    if (state !== 'idle' || !sent.current) return
    sent.current = false
    if (!dialog.current?.querySelector('[aria-invalid="true"], [role="alert"]')) close()
  }, [state])
  return (
    <>
      <button
        type="button"
        className="button"
        data-tone={tone}
        data-size={size}
        aria-haspopup="dialog"
        {...{ popovertarget: id }}
        onClick={(event) => {
          event.preventDefault()
          dialog.current?.showModal()
        }}
      >
        {trigger}
      </button>
      <dialog
        ref={dialog}
        id={id}
        className="dialog"
        aria-labelledby={`${id}-title`}
        onSubmit={() => {
          sent.current = true
        }}
        {...{ popover: 'auto' }}
      >
        <div className="dialog-head">
          <h2 id={`${id}-title`}>{title}</h2>
          <IconButton icon="close" label={t('close')} size="sm" {...{ popovertarget: id, popovertargetaction: 'hide' }} onClick={close} />
        </div>
        {children}
      </dialog>
    </>
  )
}

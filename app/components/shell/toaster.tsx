import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from '../ui/icon.tsx'

interface Shown {
  tone: 'success' | 'info' | 'warning' | 'danger'
  text: string
}

/** Says once what was done. Stays until it is closed or the next page comes: no reader is hurried. */
export function Toaster({ toast }: { toast: Shown | null }) {
  const t = useTranslations('shell')
  const [shown, setShown] = useState(toast)
  useEffect(() => setShown(toast), [toast])
  return (
    <div className="toaster" role="status" aria-live="polite">
      {shown && (
        <div className="toast" data-tone={shown.tone}>
          <div className="toast-inner">
            <Icon name={shown.tone} />
            <p>{shown.text}</p>
            <button type="button" className="toast-close" aria-label={t('close-message')} onClick={() => setShown(null)}>
              <Icon name="close" />
            </button>
          </div>
        </div>
      )}
    </div>
  )
}

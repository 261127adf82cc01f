import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './button.tsx'

/** A number, id or piece of text set as code; `block` keeps its lines. */
export function Code({ block, children }: { block?: boolean; children: string }) {
  return block ? <pre className="code">{children}</pre> : <code className="code">{children}</code>
}

/** A long hash: the first and last figures for the eye, the whole for the clipboard and for screen readers. */
export function Hash({ value }: { value: string }) {
  return <CopyText value={value} shown={value.length > 20 ? `${value.slice(0, 10)}…${value.slice(-6)}` : value} />
}

/** Text with a button that copies it. The button shows only where it can work. */
export function CopyText({ value, shown = value, label }: { value: string; shown?: string; label?: string }) {
  const t = useTranslations('ui')
  const [ready, setReady] = useState(false)
  const [copied, setCopied] = useState(false)
  useEffect(() => setReady('clipboard' in navigator), [])
  return (
    <span className="copy-text">
      <code className="code" title={value}>
        {shown}
      </code>
      {ready && (
        <IconButton
          icon={copied ? 'check' : 'copy'}
          label={copied ? t('copied') : (label ?? t('copy'))}
          size="sm"
          onClick={() => {
            void navigator.clipboard.writeText(value).then(() => setCopied(true))
          }}
        />
      )}
      <span className="visually-hidden" role="status">
        {copied ? t('copied-to-clipboard') : ''}
      </span>
    </span>
  )
}

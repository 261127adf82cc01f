import { useNavigate } from '@remix-run/react'
import { useEffect, useState, type DragEvent } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from '#app/components/ui/icon.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { hashFile } from './sha256.ts'

/** Drop a file: it is hashed here, and only its hash is asked for. Shown once there is a script to do it. */
export function FileCheck() {
  const t = useTranslations('proof.drop')
  const navigate = useNavigate()
  const [ready, setReady] = useState(false)
  const [working, setWorking] = useState<{ name: string; share: number } | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(() => setReady(true), [])
  if (!ready) return null

  const check = async (file: File | undefined) => {
    if (!file) return
    setFailed(false)
    setWorking({ name: file.name, share: 0 })
    try {
      const hash = await hashFile(file, (share) => setWorking({ name: file.name, share }))
      await navigate(`/verify?${new URLSearchParams({ sha256: hash })}`)
    } catch {
      setFailed(true)
    }
    setWorking(null)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void check(event.dataTransfer.files[0])
  }
  return (
    <div className="file-check" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <label>
        <Icon name="document" />
        <strong>{t('title')}</strong>
        <span className="muted small">{t('stays')}</span>
        <input
          type="file"
          className="visually-hidden"
          disabled={working !== null}
          onChange={(event) => void check(event.currentTarget.files?.[0])}
        />
      </label>
      {working && <Progress label={t('working', { name: working.name })} value={Math.round(working.share * 100)} />}
      {failed && <p role="alert">{t('failed')}</p>}
    </div>
  )
}

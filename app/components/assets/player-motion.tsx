import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Icon } from '../ui/icon.tsx'
import { shownAt, Still, type AssetPlayerProps } from './player-still.tsx'

/** A picture that can move stands still until somebody lets it. Without scripts the button leads to the moving one. */
export function MovingPicture({ motion, ...props }: AssetPlayerProps & { motion: { preset: string } }) {
  const t = useTranslations('player')
  const [moving, setMoving] = useState(false)
  const { version } = props
  return (
    <>
      <Still {...props} preset={moving ? motion.preset : 'page'} />
      <p className="player-bar">
        <a
          className="button"
          data-tone="secondary"
          data-size="sm"
          role="button"
          href={shownAt(version, motion.preset)}
          onClick={(event) => {
            event.preventDefault()
            setMoving(!moving)
          }}
        >
          <Icon name={moving ? 'pause' : 'play'} /> {t(moving ? 'motion.stop' : 'motion.play')}
        </a>
        {version.frames !== null && <span className="small muted">{t('motion.frames', { count: version.frames })}</span>}
      </p>
    </>
  )
}

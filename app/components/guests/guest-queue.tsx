import { useTranslations } from 'use-intl'
import { sizeWords } from '#app/components/assets/file-words.ts'
import type { UploadItem } from '#app/components/assets/upload-list.ts'
import type { Uploads } from '#app/components/assets/use-uploads.ts'
import { Button } from '#app/components/ui/button.tsx'
import { Icon } from '#app/components/ui/icon.tsx'
import { Progress } from '#app/components/ui/progress.tsx'
import { useLanguage } from '#app/words/use-language.ts'

/** A guest's files on their way, all and each. */
export function GuestQueue({ uploads }: { uploads: Uploads }) {
  const t = useTranslations('guests')
  const language = useLanguage()
  const { items } = uploads
  const counted = items.filter(({ state }) => state !== 'cancelled' && state !== 'refused')
  const done = counted.filter(({ state }) => state === 'done').length
  const moving = items.some(({ state }) => state === 'waiting' || state === 'sending')
  const paused = items.some(({ state }) => state === 'paused')
  const whole = counted.reduce((sum, { file }) => sum + file.size, 0)
  const sent = counted.reduce((sum, item) => sum + Math.min(item.sent, item.file.size), 0)
  const refused = items.filter(({ state }) => state === 'refused').length
  return (
    <div className="stack">
      {(moving || paused) && (
        <div className="upload-total">
          <Progress
            label={t('queue.so-far', { done, all: counted.length })}
            value={sent}
            max={Math.max(1, whole)}
            note={t('queue.of', { sent: sizeWords(sent, language), whole: sizeWords(whole, language) })}
          />
          <div className="cluster" data-gap="sm">
            <Button size="sm" onClick={moving ? uploads.pauseAll : uploads.goOnAll}>
              {moving ? t('queue.pause-all') : t('queue.go-on-all')}
            </Button>
            <Button size="sm" tone="quiet" onClick={uploads.cancelAll}>
              {t('queue.cancel-all')}
            </Button>
          </div>
        </div>
      )}
      <p className="visually-hidden" role="status">
        {moving || paused ? '' : t('queue.finished', { done, refused })}
      </p>
      <ul className="upload-list">
        {items.map((item) => (
          <Row key={item.key} item={item} uploads={uploads} />
        ))}
      </ul>
    </div>
  )
}

function Row({ item: { key, file, state, sent, offline, answer }, uploads }: { item: UploadItem; uploads: Uploads }) {
  const t = useTranslations('guests')
  const language = useLanguage()
  const name = file.name
  const whole = sizeWords(file.size, language)
  const stopped = answer && !answer.ok && answer.error === 'cut-off'
  return (
    <li className="upload-row" data-state={state}>
      {state === 'sending' || (state === 'paused' && sent > 0) ? (
        <Progress
          label={name}
          value={sent}
          max={Math.max(1, file.size)}
          note={state === 'sending' && sent >= file.size ? t('queue.checking') : t('queue.of', { sent: sizeWords(sent, language), whole })}
        />
      ) : (
        <div className="upload-name">
          <Icon name={state === 'done' ? 'success' : state === 'refused' ? 'warning' : 'document'} />
          <span>{name}</span>
          <span className="muted small nowrap">
            {whole} · {t(`queue.states.${state}`)}
          </span>
        </div>
      )}
      {offline && <p className="small muted">{t('queue.offline')}</p>}
      {answer && !answer.ok && (
        <p className="small" role="alert">
          {answer.message}
        </p>
      )}
      <div className="cluster" data-gap="sm">
        {state === 'sending' && sent < file.size && (
          <Button size="sm" tone="quiet" onClick={() => uploads.pause(key)} aria-label={t('queue.pause-file', { name })}>
            {t('queue.pause')}
          </Button>
        )}
        {(state === 'paused' || state === 'cancelled' || stopped) && (
          <Button size="sm" onClick={() => uploads.goOn(key)} aria-label={t('queue.go-on-file', { name })}>
            {t('queue.go-on')}
          </Button>
        )}
        {(state === 'waiting' || state === 'sending' || state === 'paused') && (
          <Button size="sm" tone="quiet" onClick={() => uploads.cancel(key)} aria-label={t('queue.cancel-file', { name })}>
            {t('queue.cancel')}
          </Button>
        )}
      </div>
    </li>
  )
}

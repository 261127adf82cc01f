import { useTranslations } from 'use-intl'
import { Icon } from '../ui/icon.tsx'
import { trayForm, useTray } from './use-tray.ts'

/** Puts a picture into the compare tray or takes it out. Works on every page of the store, with and without JavaScript. */
export function CompareToggle({ assetId }: { assetId: string }) {
  const t = useTranslations('compare')
  const chosen = useTray().ids.includes(assetId)
  return (
    <button
      type="submit"
      className="button"
      data-tone="quiet"
      data-size="sm"
      form={trayForm}
      name="asset"
      value={assetId}
      aria-pressed={chosen}
    >
      <Icon name={chosen ? 'check' : 'compare'} />
      <span className="button-label">{chosen ? t('comparing') : t('compare')}</span>
    </button>
  )
}

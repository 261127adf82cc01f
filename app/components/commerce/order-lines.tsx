import { useTranslations } from 'use-intl'
import { formatMoney } from '#services/kernel/money.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { Link } from '#app/components/ui/link.tsx'
import { StandingStatus } from '#app/components/licensing/standing-status.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { Cluster, Columns, Stack } from '#app/components/ui/layout.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import type { OrderLineItem } from '#services/commerce/views.ts'
import { Amount } from './amount.tsx'
import { OrderLineStatus } from './order-status.tsx'

/** What was bought, each with its file and its papers as soon as they are there. */
export function OrderLines({ lines }: { lines: readonly OrderLineItem[] }) {
  return (
    <Stack gap="lg">
      {lines.map((line) => (
        <OrderLine key={line.id} line={line} />
      ))}
    </Stack>
  )
}

function OrderLine({ line }: { line: OrderLineItem }) {
  const t = useTranslations('orders')
  const language = useLanguage()
  const { asset, licence, widens } = line
  const mayOpen = licence !== null && (licence.standing === 'in-force' || licence.standing === 'ending')
  return (
    <Columns least="14rem" gap="md">
      <Picture src={`/previews/${asset.id}/grid`} alt={asset.altText || asset.title} tint={asset.dominantColour} ratio="3 / 2" />
      <Stack gap="sm">
        <h3>
          <Link to={`/assets/${asset.id}`}>{asset.title}</Link>
        </h3>
        <p>{t.rich('net-amount', { model: line.modelName, amount: () => <Amount of={line.net} /> })}</p>
        <p className="muted small">{line.summary}</p>
        {widens && <p className="small">{t('widens', { number: widens.number, credit: formatMoney(widens.credit, language) })}</p>}
        {line.off.map(({ kind, name }) => (
          <p key={kind} className="muted small">
            {t(`off.${kind}`, { name })}
          </p>
        ))}
        <Cluster gap="sm">
          {licence ? <StandingStatus standing={licence.standing} /> : <OrderLineStatus state={line.state} />}
          {licence && <Link to={`/licences/${licence.id}`}>{licence.number}</Link>}
        </Cluster>
        {licence && mayOpen && (
          <Cluster gap="sm">
            <ButtonAnchor href={`/licences/${licence.id}/download`} tone="primary" icon="download">
              {t('download')}
            </ButtonAnchor>
            <ButtonAnchor href={`/licences/${licence.id}/certificate`}>{t('certificate')}</ButtonAnchor>
          </Cluster>
        )}
        {licence?.standing === 'upcoming' && <ButtonLink to={`/licences/${licence.id}`}>{t('begins-later')}</ButtonLink>}
      </Stack>
    </Columns>
  )
}

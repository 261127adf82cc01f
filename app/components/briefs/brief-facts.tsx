import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { When } from '#app/components/ui/when.tsx'
import { useLanguage } from '#app/words/use-language.ts'
import { limitWords } from '#services/assets/rules/file-types.ts'
import { paperExtensions, paperLimit, paperWords } from '#services/exchange/rules/paper-types.ts'
import { dayInWords } from '#services/kernel/days.ts'
import { formatMoney } from '#services/kernel/money.ts'
import type { BriefShown } from './brief-types.ts'
import { References } from './deliveries.tsx'

/** When, for how much, where; and what explains it. */
export function BriefFacts({ brief }: { brief: BriefShown }) {
  const t = useTranslations('briefs')
  const language = useLanguage()
  return (
    <>
      <DescriptionList
        facts={[
          { term: t('due'), detail: brief.dueOn && dayInWords(brief.dueOn, language) },
          { term: t('placement'), detail: brief.placement },
          {
            term: t('budget'),
            detail: brief.budget && formatMoney(brief.budget, language),
          },
          { term: t('asker'), detail: t('asked-by', { name: brief.askedBy, org: brief.org }) },
          { term: t('asked'), detail: <When at={brief.createdAt} to="day" zone={brief.zone} /> },
          { term: t('maker'), detail: brief.link ? <Link to={`/library/links/${brief.link.id}`}>{brief.link.name}</Link> : brief.maker },
          {
            term: t('links'),
            detail:
              brief.links.length === 0 ? null : (
                <ul className="file-list">
                  {brief.links.map((link) => (
                    <li key={link}>
                      <a href={link} rel="noreferrer noopener nofollow" target="_blank">
                        {link.replace(/^https?:\/\//, '').slice(0, 60)}
                      </a>
                    </li>
                  ))}
                </ul>
              ),
          },
          { term: t('references'), detail: brief.references.length > 0 ? <References brief={brief} /> : null },
        ]}
      />
      <Panel title={t('papers')}>
        <Stack>
          {brief.papers.length > 0 && (
            <ul className="file-list">
              {brief.papers.map(({ id, fileName, size }) => (
                <li key={id}>
                  <a href={`/briefs/${brief.id}/papers/${id}`} download>
                    {fileName}
                  </a>{' '}
                  <span className="muted small nowrap">{sizeWords(size, language)}</span>
                </li>
              ))}
            </ul>
          )}
          {brief.mayNote && (
            <Form method="post" action={`/briefs/${brief.id}/papers`} encType="multipart/form-data" reloadDocument className="stack">
              <TextField
                name="paper"
                type="file"
                label={t('paper')}
                hint={t('paper-hint', { types: paperWords, limit: limitWords(paperLimit) })}
                accept={paperExtensions}
                multiple
                required
              />
              <div>
                <SubmitButton tone="secondary" size="sm">
                  {t('attach')}
                </SubmitButton>
              </div>
            </Form>
          )}
        </Stack>
      </Panel>
    </>
  )
}

import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { sizeWords } from '#app/components/assets/file-words.ts'
import { KitFile } from '#app/components/portal/kit-file.tsx'
import { Validity } from '#app/components/portal/kit-card.tsx'
import { changeWords, fileCount } from '#app/components/portal/kit-words.ts'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { Columns, Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Timeline } from '#app/components/ui/timeline.tsx'
import { When } from '#app/components/ui/when.tsx'
import { personOf } from '#app/http/context.server.ts'
import { useLanguage } from '#app/words/use-language.ts'
import { wordsOf, languageOf } from '#app/words/words.ts'
import { portalKit, type KitPageFile } from '#services/delivery/views.ts'

export const loader = async (args: LoaderFunctionArgs) => portalKit(await personOf(args), args.params.kitId ?? '')

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  titled(data?.title ?? wordsOf(languageOf(matches), 'portal')('brand-kit'))

type Kit = ReturnType<typeof useLoaderData<typeof loader>>

/** Files under their sections, in the order that the kit has them. */
function sectionsOf(files: readonly KitPageFile[]): [string, KitPageFile[]][] {
  const sections = new Map<string, KitPageFile[]>()
  for (const file of files) sections.set(file.section, [...(sections.get(file.section) ?? []), file])
  return [...sections]
}

export default function PortalKit() {
  const t = useTranslations('portal')
  const kit = useLoaderData<typeof loader>()
  return (
    <Page>
      <Breadcrumbs trail={[{ to: '/portal', label: t('kits') }]} />
      {kit.standing === 'open' ? <OpenKit kit={kit} /> : <ClosedKit kit={kit} />}
    </Page>
  )
}

function OpenKit({ kit }: { kit: Kit }) {
  const t = useTranslations('portal')
  const language = useLanguage()
  const ready = kit.files.filter((file) => file.refused === null)
  const total = ready.reduce((sum, file) => sum + file.size, 0)
  const download = ready.length > 0 && (
    <ButtonAnchor href={`/portal/kits/${kit.id}/archive`} icon="download" tone="primary" size="lg">
      {t('whole-kit', { size: sizeWords(total, language) })}
    </ButtonAnchor>
  )
  return (
    <>
      <PageHeader
        eyebrow={t('version', { version: kit.version, files: fileCount(kit.files.length, language) })}
        title={kit.title}
        actions={download}
      >
        {kit.description}
      </PageHeader>
      <Split aside="20rem">
        <Stack gap="xl">
          {kit.files.length === 0 && (
            <EmptyState icon="folder" title={t('empty-title')}>
              {t('empty')}
            </EmptyState>
          )}
          {sectionsOf(kit.files).map(([section, files], index) => (
            <Stack key={section}>
              {section && <h2>{section}</h2>}
              <Columns least="17rem">
                {files.map((file, i) => (
                  <KitFile key={file.assetId} kitId={kit.id} file={file} eager={index === 0 && i < 4} />
                ))}
              </Columns>
            </Stack>
          ))}
        </Stack>
        <KitAside kit={kit} files={ready.length} />
      </Split>
    </>
  )
}

function KitAside({ kit, files }: { kit: Kit; files: number }) {
  const t = useTranslations('portal')
  const language = useLanguage()
  return (
    <Stack gap="lg">
      {kit.guidance && (
        <Panel title={t('guidance')}>
          <div className="prose">
            {kit.guidance.split(/\n{2,}/).map((paragraph) => (
              <p key={paragraph}>{paragraph}</p>
            ))}
          </div>
        </Panel>
      )}
      <Panel title={t('terms')}>
        <DescriptionList
          facts={[
            { term: t('validity'), detail: <Validity startsAt={kit.startsAt} endsAt={kit.endsAt} upcoming={false} zone={kit.zone} /> },
            { term: t('licences'), detail: t('one-each', { files }) },
            { term: t('in-zip'), detail: t('in-zip-what') },
            { term: t('updated'), detail: <When at={kit.changedAt} to="day" zone={kit.zone} /> },
          ]}
        />
      </Panel>
      {kit.changes.length > 0 && (
        <Panel title={t('changes')}>
          <Timeline
            events={kit.changes.map((change) => ({
              key: change.id,
              title: changeWords(change, language),
              meta: <When at={change.at} to="day" zone={kit.zone} />,
            }))}
          />
        </Panel>
      )}
    </Stack>
  )
}

/** The kit was granted, or will be: its files are not shown, the reason and the way on are. */
function ClosedKit({ kit }: { kit: Kit }) {
  const t = useTranslations('portal')
  const standing = kit.standing === 'open' ? 'kit-ended' : kit.standing
  const words =
    standing === 'not-yet'
      ? { title: t('opens-soon'), body: t.rich('not-begun', { day: () => <When at={kit.startsAt} to="day" zone={kit.zone} /> }) }
      : { title: t(`refusals.${standing}.title`), body: t(`refusals.${standing}.body`) }
  return (
    <>
      <PageHeader eyebrow={t('brand-kit')} title={kit.title} />
      <EmptyState
        icon={kit.standing === 'kit-revoked' ? 'lock' : 'clock'}
        title={words.title}
        action={
          kit.standing === 'not-yet' ? (
            <ButtonLink to="/portal">{t('your-kits')}</ButtonLink>
          ) : (
            <ButtonLink to="/requests/new" tone="primary">
              {t('ask-asset')}
            </ButtonLink>
          )
        }
      >
        {words.body} {kit.standing === 'kit-revoked' && kit.revokedReason && <>{t('reason', { reason: kit.revokedReason })} </>}
        {kit.standing !== 'not-yet' &&
          kit.endsAt &&
          t.rich('last-day', { day: () => <When at={kit.endsAt ?? kit.startsAt} to="day" zone={kit.zone} endOfSpan /> })}
      </EmptyState>
    </>
  )
}

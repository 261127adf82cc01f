import { Form, Link } from '@remix-run/react'
import { Button, ButtonLink } from '#app/components/ui/button.tsx'
import { Card, Panel } from '#app/components/ui/surfaces.tsx'
import { Columns, Stack } from '#app/components/ui/layout.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { many } from '#app/components/ui/many.ts'
import { Notice } from '#app/components/ui/notice.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import type { NewChangePage } from '#services/desk/change-new-view.ts'
import type { ChangeSource } from '#services/desk/rules/change.ts'
import type { ChangeKind } from '#services/desk/rules/change-states.ts'
import { changeKindWords } from './change-words.ts'

/** The address of the form for a source and, where chosen, a kind. */
export function addressOf({ by, reference, assetIds }: ChangeSource, kind?: ChangeKind): string {
  const search = new URLSearchParams()
  if (by !== 'assets') search.set(by, reference)
  for (const id of assetIds ?? []) search.append('asset', id)
  if (kind) search.set('kind', kind)
  return `/rights/changes/new?${search}`
}

/** Which paper it is about, where the address names none that anything cites. */
export function ChooseSource({ page }: { page: NewChangePage | null }) {
  return (
    <Stack gap="lg">
      {page && (
        <Notice tone="warning" title={page.tooMany ? 'Too many pictures for one plan' : 'Nothing cites it'}>
          <p>
            {page.tooMany
              ? 'More than 20,000 pictures cite this paper. Choose some of them, and make several plans.'
              : `No picture of the house cites “${page.source.reference}”. It is written as on the paper, letter for letter.`}
          </p>
        </Notice>
      )}
      <Columns least="18rem" gap="lg">
        <Panel title="A contract">
          <Form method="get">
            <Stack>
              <TextField
                name="contract"
                label="Its reference"
                hint="As refusals cite it, e.g. AG-2024-07."
                required
                defaultValue={page?.source.by === 'contract' ? page.source.reference : ''}
              />
              <Button type="submit">Go on</Button>
            </Stack>
          </Form>
        </Panel>
        <Panel title="A consent">
          <Form method="get">
            <Stack>
              <TextField
                name="release"
                label="The release’s reference"
                hint="As it is filed, e.g. MR-0042."
                required
                defaultValue={page?.source.by === 'release' ? page.source.reference : ''}
              />
              <Button type="submit">Go on</Button>
            </Stack>
          </Form>
        </Panel>
      </Columns>
      <p className="muted">
        For single pictures, begin on <Link to="/library">the picture’s</Link> rights page.
      </p>
    </Stack>
  )
}

const kindsOf: Record<ChangeSource['by'], ChangeKind[]> = {
  contract: ['END_CONTRACT', 'NARROW_CONTRACT', 'BAN'],
  release: ['WITHDRAW_CONSENT', 'NARROW_CONSENT', 'BAN'],
  assets: ['BAN'],
}

/** What happened, in plain words; for chosen pictures also which of their papers it is about. */
export function ChooseChange({ page }: { page: NewChangePage }) {
  const { source, papers } = page
  return (
    <Stack gap="lg">
      <h2>What happened?</h2>
      <Columns least="15rem" gap="md">
        {kindsOf[source.by].map((kind) => (
          <Card key={kind} title={changeKindWords[kind].label} to={addressOf(source, kind)}>
            {changeKindWords[kind].told}
          </Card>
        ))}
      </Columns>
      {papers.length > 0 && (
        <Panel title="Or is it about one of their papers?">
          <ul>
            {papers.map(({ by, reference, assets }) => (
              <li key={`${by} ${reference}`}>
                {by === 'contract' ? 'Contract' : 'Release'} <Link to={addressOf({ by, reference, assetIds: null })}>{reference}</Link>
                {(source.assetIds?.length ?? 0) > 1 || assets > 1 ? ` (${assets} of these)` : ''}, or{' '}
                <Link to={addressOf({ by, reference, assetIds: source.assetIds })}>
                  for {source.assetIds?.length === 1 ? 'this picture' : 'these pictures'} only
                </Link>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Stack>
  )
}

/** The paper as it stands today, beside the form in which it changes. */
export function SourceFacts({ page }: { page: NewChangePage }) {
  const { source, assets, licences, titles, wordings } = page
  const more = assets - titles.length
  return (
    <Panel
      title={source.by === 'assets' ? 'The pictures' : `${source.by === 'contract' ? 'Contract' : 'Release'} ${source.reference} today`}
    >
      <Stack gap="md">
        <DescriptionList
          facts={[
            {
              term: assets === 1 ? 'Picture' : `${assets.toLocaleString('en-GB')} pictures`,
              detail: titles.join(', ') + (more > 0 ? ` and ${more.toLocaleString('en-GB')} more` : ''),
            },
            { term: 'Licences that rest on them', detail: licences === 0 ? 'none' : licences.toLocaleString('en-GB') },
          ]}
        />
        {wordings.map(({ rows, assets: n }, index) => (
          <section key={index} aria-label={`Scope of ${many(n, 'picture')}`}>
            {wordings.length > 1 && <p className="eyebrow">{n === 1 ? 'One picture' : `${n.toLocaleString('en-GB')} pictures`}</p>}
            <DescriptionList
              facts={rows.filter(({ label }) => label !== 'Exclusivity').map(({ label, words }) => ({ term: label, detail: words }))}
            />
          </section>
        ))}
        {source.assetIds && source.by !== 'assets' && (
          <ButtonLink to={addressOf({ ...source, assetIds: null })} size="sm" tone="quiet">
            For all that cite it
          </ButtonLink>
        )}
      </Stack>
    </Panel>
  )
}

import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { AssetPicture } from '#app/components/assets/asset-picture.tsx'
import { ActCard } from '#app/components/library/act-card.tsx'
import { LacksPanel } from '#app/components/library/lacks-panel.tsx'
import { titled } from '#app/components/shell/title.ts'
import { ButtonAnchor, ButtonLink } from '#app/components/ui/button.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { fieldsOf } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { stateWords } from '#services/assets/rules/asset-states.ts'
import { may } from '#services/assets/policy.ts'
import { mostInArchive } from '#services/delivery/selection-archives.ts'
import { selectionPage } from '#services/catalog/library-views.ts'
import { createCollection } from '#services/catalog/collections.ts'
import { outlooksOf, startRun } from '#services/catalog/library-runs.ts'
import { libraryAct } from '#services/catalog/library-acts.ts'
import { offered, type OfferedVerb } from '#services/catalog/rules/library-acts.ts'
import { routesToChoose } from '#services/review/keeping-views.ts'
import { boxesAtHand } from '#services/lightboxes/views.ts'

export const meta = () => titled('Selection')

const verbs: Record<OfferedVerb, Parameters<typeof may>[1]> = {
  submit: 'submit',
  publish: 'publish',
  schedule: 'schedule',
  withdraw: 'withdraw',
  hold: 'hold',
  resume: 'hold',
  archive: 'archive',
  restore: 'restore',
  delete: 'delete',
  collect: 'publish',
  kit: 'publish',
  lightbox: 'see',
}

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args)
  const { selectionId = '' } = args.params
  const allowed = offered.filter((verb) => may(ctx.actor, verbs[verb]))
  const [outlooks, page, boxes, routes] = await Promise.all([
    outlooksOf(ctx, selectionId, allowed),
    selectionPage(ctx, selectionId),
    boxesAtHand(ctx, null),
    allowed.includes('submit') ? routesToChoose(ctx) : [],
  ])
  return {
    ...outlooks,
    ...page,
    allowed,
    boxes: boxes.boxes.map(({ id, name }) => ({ value: id, label: name })),
    routes: routes.map(({ id, name, steps }) => ({ value: id, label: `${name}: ${steps.join(', ')}` })),
    mayDownload: may(ctx.actor, 'open-files') && outlooks.total <= mostInArchive,
    selectionId,
  }
}

/** Starts an act; it goes on by itself. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args)
  const { selectionId = '' } = args.params
  const fields = Object.fromEntries([...(await fieldsOf(args.request))].map(([name, value]) => [name, String(value)]))
  if (fields.verb === 'collect' && !fields.collectionId && fields.newTitle?.trim())
    fields.collectionId = (
      await createCollection(ctx, { title: fields.newTitle.trim().slice(0, 200), description: '', featured: false })
    ).collectionId
  const act = libraryAct.safeParse(fields)
  if (!act.success)
    return redirectWithToast(`/library/selections/${selectionId}?act=${encodeURIComponent(fields.verb ?? '')}`, {
      tone: 'danger',
      text:
        act.error.issues.flatMap((issue) => ('errors' in issue ? issue.errors.flat() : [issue])).find(({ path }) => path[0] !== 'verb')
          ?.message ?? 'Choose what to do.',
    })
  const { runId } = await startRun(ctx, { selectionId, act: act.data })
  return redirect(`/library/runs/${runId}`, { status: 303 })
}

const reason = <TextField name="reason" label="Why" required minLength={3} maxLength={1000} />

export default function Selection() {
  const { total, says, groups, lacks, by, cards, collections, kits, boxes, routes, allowed, mayDownload, selectionId, canBulkEdit } =
    useLoaderData<typeof loader>()
  const states = new Map<string, number>()
  for (const { state, count } of groups) states.set(state, (states.get(state) ?? 0) + count)
  const fields: Partial<Record<OfferedVerb, React.ReactNode>> = {
    submit: (
      <>
        {routes.length > 0 && (
          <Select
            name="routeId"
            label="Route"
            hint="For those that no other route is binding for."
            options={[{ value: '', label: 'As the house’s rules say' }, ...routes]}
          />
        )}
        <TextField name="note" label="Note for the reviewers" optional maxLength={1000} />
      </>
    ),
    withdraw: reason,
    archive: reason,
    delete: reason,
    hold: reason,
    schedule: (
      <>
        <TextField name="publishOn" label="Publish on" type="datetime-local" required />
        <TextField name="unpublishOn" label="Withdraw on" type="datetime-local" optional />
      </>
    ),
    collect: (
      <>
        <Select
          name="collectionId"
          label="Collection"
          placeholder="A new one"
          options={collections.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <TextField name="newTitle" label="Title of the new one" optional maxLength={200} />
      </>
    ),
    kit: <Select name="kitId" label="Kit" options={kits.map(({ id, title }) => ({ value: id, label: title }))} />,
    lightbox: <Select name="boxId" label="Lightbox" options={boxes} />,
  }
  const shown = allowed.filter((verb) => (verb !== 'kit' || kits.length > 0) && (verb !== 'lightbox' || boxes.length > 0))
  return (
    <Page>
      <PageHeader
        eyebrow={<Link to="/library">Library</Link>}
        title={`${total.toLocaleString('en-GB')} ${total === 1 ? 'asset' : 'assets'} selected`}
      >
        {says
          ? `Fixed when it was made: what was found by “${says}”.`
          : 'Fixed when it was made: what changes in the library since does not change it.'}
      </PageHeader>
      <Split aside="24rem">
        <Stack>
          <ul className="selection-pictures">
            {cards.map((card) => (
              <li key={card.id}>
                <Link to={`/library/assets/${card.id}`} title={card.title}>
                  <AssetPicture assetId={card.id} version={card.version} kind={card.kind} alt={card.title} ratio="4 / 3" />
                </Link>
              </li>
            ))}
          </ul>
          {total > cards.length && <p className="muted small">The first {cards.length} are shown.</p>}
          <p className="muted small">
            {[...states]
              .map(([state, n]) => `${n.toLocaleString('en-GB')} ${stateWords[state as keyof typeof stateWords].toLowerCase()}`)
              .join(' · ')}
          </p>
        </Stack>
        <Stack>
          <LacksPanel lacks={lacks} selectionId={selectionId} mayEdit={canBulkEdit} />
          <Panel title="What to do">
            <div className="act-cards">
              {shown.map((verb) => {
                const outlook = by[verb]
                return (
                  outlook && (
                    <ActCard key={verb} verb={verb} outlook={outlook}>
                      {fields[verb]}
                    </ActCard>
                  )
                )
              })}
            </div>
          </Panel>
          <Panel title="Take along">
            <div className="cluster">
              {canBulkEdit && (
                <>
                  <ButtonLink to={`/library/bulk?selection=${selectionId}`} icon="edit">
                    Edit records
                  </ButtonLink>
                  <ButtonLink to={`/library/suggestions?selection=${selectionId}`}>Suggestions</ButtonLink>
                </>
              )}
              <ButtonAnchor href={`/library/bulk/export.csv?selection=${selectionId}`} icon="download">
                Records as CSV
              </ButtonAnchor>
              {mayDownload && (
                <ButtonAnchor href={`/library/selections/${selectionId}/originals.zip`} icon="download">
                  Originals as ZIP
                </ButtonAnchor>
              )}
            </div>
          </Panel>
        </Stack>
      </Split>
    </Page>
  )
}

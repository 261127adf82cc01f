import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import type { ChangeEvent } from 'react'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { TwinGroupPanel } from '#app/components/rights/twin-group.tsx'
import { titled } from '#app/components/shell/title.ts'
import { Button, ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Cluster, Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { Picture } from '#app/components/ui/picture.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { GroupTwinsError } from '#services/rights/errors.ts'
import { groupTwinsForm } from '#services/rights/twin-schema.ts'
import { duplicatesDesk } from '#services/rights/likeness-views.ts'
import { pickable, twinsDesk, type Pickable } from '#services/rights/twin-views.ts'
import { groupTwins } from '#services/rights/twins.ts'

const sayings = {
  'no-such-asset': 'One of these pictures is not in the library. Check the addresses.',
  'too-few': 'A group needs two pictures at least.',
  'in-other-groups': 'These pictures are in different groups already. Take one out of its group first.',
  'already-together': 'These pictures are in one group already.',
  'dismissed-before': 'Somebody said of these pictures that they are no twins.',
  'sold-to-both':
    'Licences in force on these pictures exclude each other, so they cannot share their exclusivity now. End one of the licences first, or wait until it ends.',
} satisfies Record<GroupTwinsError, string>

export const meta = () => titled('Twins')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER', 'AUDITOR')
  const search = new URL(args.request.url).searchParams
  const show = search.get('show') === 'all' ? ('all' as const) : ('suspected' as const)
  const desk = await twinsDesk(ctx, { only: show, after: search.get('after') })
  const text = (search.get('q') ?? '').trim().slice(0, 200)
  const picked = search
    .getAll('pictures')
    .filter((id) => /^ast_[0-9a-z]{26}$/.test(id))
    .slice(0, 60)
  const pictures = desk.mayDecide ? await pickable(ctx, { text, picked }) : []
  const { open } = desk.mayDecide ? await duplicatesDesk(ctx, { show: 'open', after: null }) : { open: 0 }
  return { show, text, pictures, open, ...desk }
}

/** Make a group of pictures. */
export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'RIGHTS_MANAGER')
  const form = await parseForm(args.request, groupTwinsForm)
  if (form.status !== 'success') return answerForm(form)
  const { name, pictures } = form.value
  const outcome = await groupTwins(ctx, { assetIds: pictures, name, why: 'Grouped by hand' })
  if (!outcome.ok) return answerForm(form, { formErrors: [sayings[outcome.error]] })
  return redirectWithToast('/rights/twins?show=all', {
    tone: 'success',
    text: 'From now on an exclusive licence on one of them holds for all.',
  })
}

export default function Twins() {
  const { show, text, pictures, open, items, next, suspected, mayDecide } = useLoaderData<typeof loader>()
  return (
    <Page>
      <PageHeader eyebrow="Rights" title="Twins">
        Near-identical pictures and frames of one shoot share their exclusivity: sold exclusively on one, it is taken on all of them. A
        suspected twin is kept from sale like a real one until somebody decides.
      </PageHeader>
      <Stack gap="lg">
        <Tabs
          label="Twins"
          tabs={[
            { to: '?show=suspected', label: 'To decide', count: suspected, current: show === 'suspected' },
            { to: '?show=all', label: 'All groups', current: show === 'all' },
          ]}
        />
        {items.length === 0 ? (
          <EmptyState icon="picture" title={show === 'suspected' ? 'Nothing to decide' : 'No groups yet'}>
            {show === 'suspected'
              ? 'A picture that is uploaded a second time, as it is or cropped, turned or recoloured, is put here by itself.'
              : 'Make one below of pictures that a buyer could take for the same.'}
          </EmptyState>
        ) : (
          items.map((group) => <TwinGroupPanel key={group.id} group={group} mayDecide={mayDecide} />)
        )}
        <Pager next={next} />
        {open > 0 && (
          <Cluster justify="between">
            <p className="small muted">Pictures that look alike wait for the library’s answer too.</p>
            <ButtonLink to="/library/duplicates" size="sm">
              Compare them ({open})
            </ButtonLink>
          </Cluster>
        )}
        {mayDecide && <NewGroup text={text} pictures={pictures} />}
      </Stack>
    </Page>
  )
}

function NewGroup({ text, pictures }: { text: string; pictures: Pickable[] }) {
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    id: 'new-group',
    ...(lastResult ? { lastResult } : {}),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: groupTwinsForm }),
  })
  return (
    <Panel title="Make a group" id="new-group-panel">
      <Stack>
        {/* What is ticked below belongs to both forms: a search keeps it. */}
        <Form method="get" action="/rights/twins#new-group-panel" id="pick-search" preventScrollReset>
          <Cluster>
            <TextField
              name="q"
              label="Find pictures"
              type="search"
              defaultValue={text}
              hint="Words of their titles, keywords or file names. Without any: what was touched last."
            />
            <input type="hidden" name="show" value="all" />
            {pictures.map(({ id, picked }) => picked && <input key={id} type="hidden" name="pictures" value={id} />)}
            <Button type="submit" icon="search">
              Find
            </Button>
          </Cluster>
        </Form>
        <Form method="post" action="/rights/twins?show=all" {...getFormProps(form)}>
          <Stack>
            <FormErrors errors={form.errors} />
            <FormErrors errors={fields.pictures.errors} />
            <PickGrid pictures={pictures} />
            <TextField field={fields.name} label="Name" hint="For the house only, e.g. Harbour shoot, June." />
            <TextArea
              name="pictures"
              label="Or paste numbers or addresses"
              rows={2}
              optional
              hint="One a line. A picture of an existing group brings that group along."
            />
            <Cluster>
              <SubmitButton>Make the group</SubmitButton>
            </Cluster>
          </Stack>
        </Form>
      </Stack>
    </Panel>
  )
}

function PickGrid({ pictures }: { pictures: Pickable[] }) {
  if (pictures.length === 0)
    return (
      <EmptyState icon="picture" title="No picture has these words">
        Try fewer words, or another spelling.
      </EmptyState>
    )
  const carry = (event: ChangeEvent<HTMLInputElement>) => {
    // The search form takes along what is ticked here.
    const search = document.getElementById('pick-search')
    search?.querySelector(`input[name="pictures"][value="${event.target.value}"]`)?.remove()
    if (search && event.target.checked)
      search.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'pictures', value: event.target.value }))
  }
  return (
    <fieldset>
      <legend className="eyebrow">Pictures</legend>
      <ul className="pick-grid">
        {pictures.map(({ id, title, picked, version }) => (
          <li key={id}>
            <label>
              <Picture
                src={version ? `/previews/${id}/clean-grid?v=${version.id}` : null}
                alt=""
                width={version?.width ?? null}
                height={version?.height ?? null}
                tint={version?.tint ?? null}
                ratio="1"
              />
              <span>
                <input type="checkbox" name="pictures" value={id} defaultChecked={picked} onChange={carry} /> {title}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

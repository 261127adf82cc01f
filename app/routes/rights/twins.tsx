import { getFormProps, useForm } from '@conform-to/react'
import { parseWithZod } from '@conform-to/zod/v4'
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { TwinGroupPanel } from '#app/components/rights/twin-group.tsx'
import { titled } from '#app/components/shell/title.ts'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { EmptyState } from '#app/components/ui/empty-state.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Stack } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Pager } from '#app/components/ui/pager.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { Tabs } from '#app/components/ui/tabs.tsx'
import { TextArea, TextField } from '#app/components/ui/text-field.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import type { GroupTwinsError } from '#services/rights/errors.ts'
import { groupTwinsForm } from '#services/rights/twin-schema.ts'
import { twinsDesk } from '#services/rights/twin-views.ts'
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
  return { show, ...(await twinsDesk(ctx, { only: show, after: search.get('after') })) }
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
  const { show, items, next, suspected, mayDecide } = useLoaderData<typeof loader>()
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
              ? 'A file that is uploaded a second time as another picture is put here by itself.'
              : 'Make one below of pictures that a buyer could take for the same.'}
          </EmptyState>
        ) : (
          items.map((group) => <TwinGroupPanel key={group.id} group={group} mayDecide={mayDecide} />)
        )}
        <Pager next={next} />
        {mayDecide && <NewGroup />}
      </Stack>
    </Page>
  )
}

function NewGroup() {
  const lastResult = useActionData<typeof action>()
  const [form, fields] = useForm({
    id: 'new-group',
    ...(lastResult ? { lastResult } : {}),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: groupTwinsForm }),
  })
  return (
    <Panel title="Make a group">
      <Form method="post" action="/rights/twins?show=all" {...getFormProps(form)}>
        <Stack>
          <FormErrors errors={form.errors} />
          <TextField field={fields.name} label="Name" hint="For the house only, e.g. Harbour shoot, June." />
          <TextArea
            field={fields.pictures}
            label="Pictures"
            rows={4}
            hint="Their numbers (ast_…) or the addresses of their pages, one a line. A picture of an existing group brings that group along."
          />
          <div>
            <SubmitButton>Make the group</SubmitButton>
          </div>
        </Stack>
      </Form>
    </Panel>
  )
}

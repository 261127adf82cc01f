import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { titled } from '#app/components/shell/title.ts'
import { Breadcrumbs } from '#app/components/ui/breadcrumbs.tsx'
import { SubmitButton } from '#app/components/ui/button.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { FormErrors } from '#app/components/ui/fieldset.tsx'
import { Page, Split, Stack } from '#app/components/ui/layout.tsx'
import { Link } from '#app/components/ui/link.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { Panel } from '#app/components/ui/surfaces.tsx'
import { TermFields } from '#app/components/vocabularies/term-fields.tsx'
import { staffOf } from '#app/http/context.server.ts'
import { answerForm, parseForm } from '#app/http/form.server.ts'
import { redirectWithToast } from '#app/http/toast.server.ts'
import { changeTerm, type ChangeTermError } from '#services/assets/vocabularies.ts'
import { changeTermInput } from '#services/assets/vocabulary-schema.ts'
import { termPage } from '#services/assets/vocabulary-views.ts'

export const meta: MetaFunction<typeof loader> = ({ data }) => titled(data?.term.label ?? 'Term')
export const loader = async (args: LoaderFunctionArgs) => termPage(await staffOf(args), args.params.termId ?? '')

const sayings = {
  'in-a-circle': ['It cannot stand below itself, nor below what stands below it. Choose another place.'],
  'in-a-list': ['This vocabulary is a list: its terms stand beside each other.'],
  'no-such-broader': ['This term is no longer there. Choose another.'],
} satisfies Record<ChangeTermError, string[]>

export async function action(args: ActionFunctionArgs) {
  const ctx = await staffOf(args, 'LIBRARIAN')
  const form = await parseForm(args.request, changeTermInput)
  if (form.status !== 'success') return answerForm(form)
  const { vocabularyId = '', termId = '' } = args.params
  const outcome = await changeTerm(ctx, { ...form.value, termId })
  if (!outcome.ok) return answerForm(form, { fieldErrors: { broaderId: sayings[outcome.error] } })
  return redirectWithToast(`/library/vocabularies/${vocabularyId}/terms/${termId}`, { tone: 'success', text: 'Saved.' })
}

export default function Term() {
  const { vocabulary, terms, term, merge, mayKeep } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const at = `/library/vocabularies/${vocabulary.id}`
  const successor = terms.find(({ id }) => id === term.replacedById)
  const others = terms.filter(({ id, retired }) => id !== term.id && !retired)
  return (
    <Page>
      <Breadcrumbs
        trail={[
          { to: '/library', label: 'Library' },
          { to: '/library/vocabularies', label: 'Vocabularies' },
          { to: at, label: vocabulary.name },
        ]}
      />
      <PageHeader eyebrow={term.code} title={term.label}>
        {term.uses === 1 ? 'One asset has it.' : `${term.uses} assets have it.`}
      </PageHeader>
      <Stack gap="lg">
        {term.retiredAt && (
          <Notice tone="warning" title="Retired">
            It is no longer offered; records keep it.{' '}
            {successor && (
              <>
                In its place: <Link to={`${at}/terms/${successor.id}`}>{successor.label}</Link>.
              </>
            )}{' '}
            {merge && <Link to={`/library/bulk/${merge.id}`}>The merge, which can be taken back</Link>}
          </Notice>
        )}
        {mayKeep ? (
          <Split aside="22rem">
            <Panel title="Term">
              <Form method="post" className="stack">
                <FormErrors errors={result?.error?.[''] ?? undefined} />
                <input type="hidden" name="termId" value={term.id} />
                <TermFields
                  key={term.id}
                  tree={vocabulary.tree}
                  terms={others}
                  words={term}
                  fresh={false}
                  errors={result?.error ?? undefined}
                />
                <div>
                  <SubmitButton>Save</SubmitButton>
                </div>
              </Form>
            </Panel>
            <Acts others={others} />
          </Split>
        ) : (
          <DescriptionList
            facts={[
              { term: 'German', detail: term.labelDe },
              { term: 'Other labels', detail: term.altLabels.join(', ') },
              { term: 'Notes', detail: term.notes },
            ]}
          />
        )}
      </Stack>
    </Page>
  )
}

function Acts({ others }: { others: ReturnType<typeof useLoaderData<typeof loader>>['terms'] }) {
  const { vocabulary, term } = useLoaderData<typeof loader>()
  const act = `/library/vocabularies/${vocabulary.id}/terms/${term.id}/act`
  const options = others.map(({ id, label, level }) => ({ value: id, label: `${'\u2003'.repeat(level - 1)}${label}` }))
  if (term.retiredAt)
    return (
      <Panel title="Bring it back">
        <Form method="post" action={act} className="stack">
          <p>It is offered again.</p>
          <div>
            <SubmitButton name="verb" value="restore" tone="secondary">
              Bring it back
            </SubmitButton>
          </div>
        </Form>
      </Panel>
    )
  return (
    <Stack gap="lg">
      <Panel title="Merge into another">
        <Form method="post" action={act} className="stack">
          <p>
            Every record that has it gets the other instead, and it is retired. The merge is a bulk edit: it shows how far it is and can be
            taken back.
          </p>
          <Select name="intoId" label="The term that stays" options={options} placeholder="Choose" />
          <div>
            <SubmitButton name="verb" value="merge" tone="secondary">
              Merge
            </SubmitButton>
          </div>
        </Form>
      </Panel>
      <Panel title="Retire">
        <Form method="post" action={act} className="stack">
          <p>It is no longer offered. Records keep what they say.</p>
          <Select name="intoId" label="Replaced by" options={options} placeholder="Nothing" optional />
          <div>
            <SubmitButton name="verb" value="retire" tone="secondary">
              Retire it
            </SubmitButton>
          </div>
        </Form>
      </Panel>
    </Stack>
  )
}

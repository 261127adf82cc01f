import { Form } from '@remix-run/react'
import { useTranslations } from 'use-intl'
import { ButtonLink, SubmitButton } from '#app/components/ui/button.tsx'
import { Dialog } from '#app/components/ui/dialog.tsx'
import { Cluster } from '#app/components/ui/layout.tsx'
import { Select } from '#app/components/ui/select.tsx'
import { TextArea } from '#app/components/ui/text-field.tsx'
import type { BriefVerb } from '#services/briefs/rules/brief-states.ts'
import type { BriefShown } from './brief-types.ts'

const tones: Partial<Record<BriefVerb, 'primary' | 'danger'>> = {
  accept: 'primary',
  assign: 'primary',
  deliver: 'primary',
  approve: 'primary',
  close: 'primary',
  decline: 'danger',
  cancel: 'danger',
}

/** What this reader may do now. What needs words asks for them; the rest takes one press. */
export function BriefVerbs({ brief }: { brief: BriefShown }) {
  const t = useTranslations('briefs')
  if (brief.verbs.length === 0) return null
  return (
    <Cluster>
      {brief.verbs.map((verb) =>
        verb === 'accept' || verb === 'start' || verb === 'close' ? (
          <Form method="post" key={verb}>
            <SubmitButton name="verb" value={verb} tone={tones[verb] ?? 'secondary'}>
              {t(`verbs.${verb}`)}
            </SubmitButton>
          </Form>
        ) : (
          // What was answered closes the question: the next step's is a new dialog.
          <Dialog
            key={`${verb}${brief.steps.length}`}
            title={t(`verbs.${verb}`)}
            trigger={t(`verbs.${verb}`)}
            tone={tones[verb] ?? 'secondary'}
          >
            <Form method="post" className="stack">
              <input type="hidden" name="verb" value={verb} />
              {verb === 'assign' && <Makers brief={brief} />}
              <TextArea
                name="words"
                label={t(verb === 'decline' ? 'why' : verb === 'askChanges' ? 'what-change' : 'words')}
                rows={3}
                maxLength={2000}
                {...(verb === 'decline' || verb === 'askChanges' ? { required: true } : { optional: true })}
              />
              <SubmitButton tone={tones[verb] ?? 'primary'}>{t(`verbs.${verb}`)}</SubmitButton>
            </Form>
          </Dialog>
        ),
      )}
    </Cluster>
  )
}

function Makers({ brief: { id, makers, assigneeId, assignedLinkId } }: { brief: BriefShown }) {
  const t = useTranslations('briefs')
  if (!makers) return null
  const free = makers.links.filter(({ briefId }) => briefId === null || briefId === id)
  return (
    <>
      <Select
        name="to"
        label={t('to')}
        placeholder={t('choose')}
        required
        defaultValue={assigneeId ?? assignedLinkId ?? ''}
        options={[
          { label: t('people'), options: makers.people.map((person) => ({ value: person.id, label: person.name })) },
          ...(free.length > 0 ? [{ label: t('links-group'), options: free.map((link) => ({ value: link.id, label: link.name })) }] : []),
        ]}
      />
      <ButtonLink to={`/library/links/new?brief=${id}`} tone="quiet" size="sm">
        {t('make-link')}
      </ButtonLink>
    </>
  )
}

import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData, useNavigation } from '@remix-run/react'
import { AnswerPanel } from '#app/components/clearance/answer.tsx'
import { AskForm } from '#app/components/clearance/ask-form.tsx'
import { PicturePicker } from '#app/components/clearance/picture-picker.tsx'
import { choicesOf, keptFields, openQuestions, readAsked, searchOf, termsOf } from '#app/components/clearance/questions.server.ts'
import { titled } from '#app/components/shell/title.ts'
import { ButtonLink } from '#app/components/ui/button.tsx'
import { Page } from '#app/components/ui/layout.tsx'
import { PageHeader } from '#app/components/ui/page-header.tsx'
import { waysOn } from '#app/http/clearance-ways.server.ts'
import { personOf } from '#app/http/context.server.ts'
import { zoneOfHouse } from '#services/accounts/houses.ts'
import { priceInWords } from '#services/clearance/stored-rows.ts'
import { askPage } from '#services/clearance/views.ts'
import { isStaff } from '#services/kernel/actor.ts'
import { dayOf } from '#services/kernel/period.ts'

export const meta = () => titled('May I use it?')

export async function loader(args: LoaderFunctionArgs) {
  const ctx = await personOf(args)
  const zone = await zoneOfHouse(ctx)
  const asked = readAsked(new URL(args.request.url).searchParams, dayOf(ctx.clock.now(), zone))
  const open = openQuestions(asked)
  const terms = open.length === 0 ? termsOf(asked, zone) : null
  const { answer, picture, found, organisations } = await askPage(ctx, { asset: asked.asset, find: asked.find, terms, by: asked.by })
  return {
    asked,
    // The first question is the picture: nobody is told what else is open before it is chosen.
    open: asked.asset ? open : [],
    choices: choicesOf(asked),
    kept: keptFields(asked, zone),
    picture,
    found,
    organisations,
    orgName: ctx.actor.orgName,
    staff: isStaff(ctx.actor),
    answer: answer &&
      picture && {
        light: answer.light,
        kind: answer.kind,
        reasons: answer.reasons.map(({ words }) => ({ words })),
        nearest: answer.nearest.map(({ axis, words, terms: rest }) => ({ axis, words, to: searchOf(asked, rest) })),
        licences: answer.licences,
        price: answer.price && priceInWords(answer.price),
        ways: waysOn(ctx.actor, picture, answer),
      },
  }
}

export default function Ask() {
  const { asked, open, choices, kept, picture, found, organisations, orgName, staff, answer } = useLoaderData<typeof loader>()
  const { state, location } = useNavigation()
  const busy = state === 'loading' && location?.pathname === '/clearance'
  return (
    <Page>
      <PageHeader
        title="May I use it?"
        actions={
          <ButtonLink to="/clearance/lists" icon="document">
            Ask a whole list
          </ButtonLink>
        }
      >
        Choose a picture, say for what, where and when, and the rights answer.
      </PageHeader>
      <div className="clearance" data-busy={busy || undefined}>
        <div className="clearance-question">
          <PicturePicker picture={picture} found={found} find={asked.find} kept={kept} staff={staff} />
          {picture && <AskForm asked={asked} choices={choices} organisations={organisations} houseName={orgName} />}
        </div>
        {answer ? (
          <AnswerPanel {...answer} />
        ) : (
          <section className="clearance-answer" aria-label="The answer">
            <div className="big-light" data-tone="neutral">
              <div>
                <h2>{picture ? 'Still to be answered' : 'The answer stands here'}</h2>
                {open.length > 0 ? (
                  <ul className="reason-list">
                    {open.map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                ) : (
                  <p>Green: go ahead. Amber: a licence or an answer is missing. Red: no, with the reasons and what can be had instead.</p>
                )}
              </div>
            </div>
          </section>
        )}
      </div>
    </Page>
  )
}

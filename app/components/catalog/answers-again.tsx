import type { Offer, OwnCase } from '#app/http/offer.server.ts'

/** The same answers once more, for another form of the page. */
export function AnswersAgain({ assetId, answers }: { assetId?: string; answers: Offer['answers'] }) {
  const one = {
    ...(assetId && { assetId }),
    model: answers.model ?? '',
    from: answers.from,
    // A last day that was offered stands instead of a number of months.
    ...(answers.until ? { until: answers.until } : { months: String(answers.months) }),
    exclusive: answers.exclusive,
    ...(answers.printRun && { printRun: String(answers.printRun) }),
    ...(answers.pixels && { pixels: String(answers.pixels) }),
    ...(answers.widen && !assetId && { widen: answers.widen }),
  }
  const many = { media: answers.media, territory: answers.territory, except: answers.except }
  return (
    <>
      {Object.entries(one).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {Object.entries(many).flatMap(([name, values]) =>
        values.map((value) => <input key={name + value} type="hidden" name={name} value={value} />),
      )}
    </>
  )
}

/** The own case once more, so that other answers are asked about it too. */
export function CaseAgain({ ownCase: { text, understood } }: { ownCase: OwnCase }) {
  return (
    <>
      <input type="hidden" name="case" value={text} />
      <input type="hidden" name="caseRead" value={text} />
      {understood.media.map((code) => (
        <input key={code} type="hidden" name="caseMedia" value={code} />
      ))}
      {understood.territory.map((code) => (
        <input key={code} type="hidden" name="casePlace" value={code} />
      ))}
    </>
  )
}

/** Terms are plain text whose hash a licence names: shown as they are, with headings set as headings. In English, as they were agreed. */
export function TermsText({ body }: { body: string }) {
  return (
    <div className="prose terms" lang="en">
      {body.split(/\n{2,}/).map((block, index) => {
        const [heading = '', ...sentences] = block.split('\n')
        return (
          <section key={index}>
            {sentences.length > 0 ? <h3>{heading}</h3> : <p>{heading}</p>}
            {sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </section>
        )
      })}
    </div>
  )
}

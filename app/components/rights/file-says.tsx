import { LongWords } from '#app/components/assets/long-words.tsx'
import { DescriptionList } from '#app/components/ui/description-list.tsx'
import { Notice } from '#app/components/ui/notice.tsx'
import type { Statement } from '#services/rights/rules/file-claims.ts'

/** What a file said, word for word, with the block in which it stood. */
export const Statements = ({ statements }: { statements: readonly Statement[] }) => (
  <DescriptionList
    facts={statements.map(({ label, words, from }) => ({
      term: label,
      detail: (
        <>
          <LongWords>{words}</LongWords> <span className="muted small">({from})</span>
        </>
      ),
    }))}
  />
)

/** Above a recording form that was opened from what a file says. */
export const FileSays = ({ statements }: { statements: readonly Statement[] }) => (
  <Notice title="The file says so; nobody has checked it">
    <p>What could be read is filled in below. Where and for what it may be used is yours to state, from the contract or the letter.</p>
    <Statements statements={statements} />
  </Notice>
)

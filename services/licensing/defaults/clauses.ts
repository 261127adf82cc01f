/** A clause: its heading and its numbered sentences. Numbers are made, not typed, so that a reference never goes stale. */
export interface Clause {
  heading: string
  says: string[]
}

/** Terms as plain text: `1. Heading`, then `1.1 …`. Pages and certificates set it; its hash is what a licence names. */
export const numbered = (clauses: readonly Clause[]): string =>
  clauses
    .map(({ heading, says }, i) => [`${i + 1}. ${heading}`, ...says.map((sentence, j) => `${i + 1}.${j + 1} ${sentence}`)].join('\n'))
    .join('\n\n')

export const parties: Clause = {
  heading: 'Parties and documents',
  says: [
    'The licensor is the house named in the licence certificate. The licensee is the organisation named there as the holder; where an end client is named, the licence is used for that client only.',
    'The licence certificate states the work, the version of its file by hash, the scope and these terms by version and hash. Where a certificate and these terms differ, the certificate prevails.',
    'General conditions of the licensee do not become part of the licence, even where the licensor does not object to them.',
  ],
}

export const neverAllowed: Clause = {
  heading: 'What is never allowed',
  says: [
    'The licensee may not pass the file on for use by others, offer it for download, or use it in a way that lets third parties take it out of the licensee’s work as a file of its own.',
    'The licensee may not use the work as a trademark or company sign, nor claim to be its author.',
    'The licensee may not use the work unlawfully, in pornography or defamation, or so that a person shown appears to endorse a product, a party or a belief, or to suffer from an illness or to have committed an offence.',
    'The licensee may not use the work to train, tune or test systems of artificial intelligence, as input to a system that generates images, or for text and data mining, unless the scope names that medium. The licensor reserves these rights in machine-readable form.',
    'The licensee may not remove the metadata of the file where its software can keep them.',
  ],
}

export const credit: Clause = {
  heading: 'Credit',
  says: [
    'Editorial use carries the credit line stated in the certificate, next to the picture or in a place where credits are usual.',
    'In other uses the licensee gives the credit where it is usual in the medium.',
  ],
}

export const warranty: Clause = {
  heading: 'What the licensor stands for',
  says: [
    'The licensor warrants that it holds the rights that it grants, and that releases of persons and property exist as far as the certificate says so. It gives no further warranty.',
    'The licensor indemnifies the licensee against claims of third parties that arise because this warranty is not true, provided that the licensee used the work within the scope, tells the licensor of the claim without delay and leaves the defence to it.',
    'The licensor’s liability under a licence is limited to ten times the price paid, and to 10,000 euros at least. This limit does not hold for intent, gross negligence, injury to life, body or health, or where the law does not allow it.',
  ],
}

export const ending: Clause = {
  heading: 'End of the licence',
  says: [
    'A licence for a term ends at midnight after its last day, in the time zone named in the certificate. Nobody need give notice.',
    'After the end the licensee makes no new copies and takes the work out of everything that it can still change. Printed copies that were delivered to the public within the term need not be recalled; posts and pages need not be deleted from an archive that is not promoted.',
    'The licensor may end a licence for good cause, in particular where the licensee does not pay, or goes on using the work outside the scope for ten days after a warning. A refund of the price ends the licence that it was paid for.',
    'Where a third party claims the work, the licensor may suspend the licence and ask the licensee to stop using it; it then provides a comparable work or refunds the price for the rest of the term.',
  ],
}

export const law: Clause = {
  heading: 'Final provisions',
  says: [
    'The licence is not transferable without the licensor’s consent in text form, except to the legal successor of the whole business.',
    'On request the licensee states within ten working days where and how the work was used, and sends a copy.',
    'The law of the country in which the licensor has its seat applies, without its conflict rules and without the UN Convention on Contracts for the International Sale of Goods. Between merchants the courts at that seat have jurisdiction.',
    'Should a provision be void, the others remain in force.',
  ],
}

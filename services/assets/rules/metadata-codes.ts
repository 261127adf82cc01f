/** A closed list: how a code is written in full, and what each means. */
export interface Vocabulary {
  base: string
  codes: Readonly<Record<string, string>>
}

const ldf = 'http://ns.useplus.org/ldf/vocab/'
const plus = (codes: Record<string, string>): Vocabulary => ({ base: ldf, codes })

const years = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`AG-A${24 - i}`, `${24 - i} years`]))

export const modelReleases = plus({
  'MR-NON': 'None',
  'MR-NAP': 'Not applicable',
  'MR-UMR': 'Unlimited model releases',
  'MR-LMR': 'Limited or incomplete model releases',
})
export const propertyReleases = plus({
  'PR-NON': 'None',
  'PR-NAP': 'Not applicable',
  'PR-UPR': 'Unlimited property releases',
  'PR-LPR': 'Limited or incomplete property releases',
})
export const ages = plus({ 'AG-UNK': 'Age unknown', 'AG-A25': '25 years or over', ...years, 'AG-U14': '14 years or under' })
export const dataMining = plus({
  'DMI-UNSPECIFIED': 'Nothing said',
  'DMI-ALLOWED': 'Allowed',
  'DMI-PROHIBITED-AIMLTRAINING': 'Not for training AI',
  'DMI-PROHIBITED-GENAIMLTRAINING': 'Not for training generative AI',
  'DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING': 'Prohibited, but for search engines',
  'DMI-PROHIBITED': 'Prohibited',
  'DMI-PROHIBITED-SEECONSTRAINT': 'Prohibited as the other constraints say',
  'DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR': 'Prohibited as the embedded rights expression says',
  'DMI-PROHIBITED-SEELINKEDRIGHTSEXPR': 'Prohibited as the linked rights expression says',
})
export const creditRequired = plus({
  'CR-NRQ': 'Not required',
  'CR-COI': 'On the image',
  'CR-CAI': 'Next to the image',
  'CR-CCA': 'In a credits area',
})
export const adultWarning = plus({ 'CW-NRQ': 'Not required', 'CW-AWR': 'Required', 'CW-UNK': 'Unknown' })
export const copyrightStatus = plus({ 'CS-PRO': 'Protected', 'CS-PUB': 'Public domain', 'CS-UNK': 'Unknown' })
export const fileConstraints = plus({
  'IF-MFN': 'Keep the file’s name',
  'IF-MID': 'Keep the identifier in the file’s name',
  'IF-MMD': 'Keep the metadata',
  'IF-MFT': 'Keep the file’s type',
})
export const alterations = plus({
  'AL-CRP': 'No cropping',
  'AL-FLP': 'No flipping',
  'AL-RET': 'No retouching',
  'AL-CLR': 'No colouring',
  'AL-DCL': 'No turning to grey',
  'AL-MRG': 'No merging',
})
export const duplication = plus({
  'DP-NDC': 'Not limited',
  'DP-LIC': 'Only as the licence needs it',
  'DP-NOD': 'No duplication',
})
export const imageTypes = plus({
  'TY-PHO': 'Photograph',
  'TY-ILL': 'Illustration',
  'TY-MCI': 'Multimedia or composite',
  'TY-VID': 'Film',
  'TY-OTR': 'Other',
})
export const reuse = plus({ 'RE-REU': 'Repeated use', 'RE-NAP': 'Not applicable' })

/** IPTC NewsCodes; the retired ones are read and never offered. */
export const sourceTypes: Vocabulary = {
  base: 'http://cv.iptc.org/newscodes/digitalsourcetype/',
  codes: {
    digitalCapture: 'Taken with a camera',
    computationalCapture: 'Computed from several exposures',
    negativeFilm: 'Scan of a negative',
    positiveFilm: 'Scan of a slide',
    print: 'Scan of a print',
    humanEdits: 'Edited by people',
    algorithmicallyEnhanced: 'Enhanced by an algorithm',
    digitalCreation: 'Made by a person with software',
    dataDrivenMedia: 'Drawn from figures',
    trainedAlgorithmicMedia: 'Made by generative AI',
    compositeWithTrainedAlgorithmicMedia: 'Edited with generative AI',
    algorithmicMedia: 'Made by an algorithm without training',
    screenCapture: 'Screenshot',
    virtualRecording: 'Recording of a virtual event',
    composite: 'Composite',
    compositeCapture: 'Composite of captures',
    compositeSynthetic: 'Composite with generative parts',
    minorHumanEdits: 'Minor edits by people (retired)',
    digitalArt: 'Digital art (retired)',
    softwareImage: 'Made by software (retired)',
  },
}

/** IPTC's words for where a picture comes from, those that have plain ones of ours. */
export const originKeys = [
  'digitalCapture',
  'negativeFilm',
  'positiveFilm',
  'print',
  'softwareImage',
  'digitalArt',
  'trainedAlgorithmicMedia',
  'compositeWithTrainedAlgorithmicMedia',
] as const

/** Made by a generative model, wholly or in part: said at the top of the page, not among the facts alone. */
export const isMadeByModel = (origin: string | null): boolean => /trainedAlgorithmicMedia$/i.test(origin ?? '')

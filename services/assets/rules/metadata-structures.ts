import type { FieldType } from './metadata-map.ts'

/** A field of a structure, under its name in our records and its name in XMP. */
export interface StructureField {
  name: string
  label: string
  xmp: string
  type: FieldType
  many?: 'bag' | 'seq'
  of?: readonly StructureField[]
  /** Not for people outside of the house, unless the house says so. */
  private?: true
}

type Extra = Pick<StructureField, 'many' | 'of' | 'private'>
const field = (name: string, label: string, xmp: string, type: FieldType = 'text', extra: Extra = {}): StructureField => ({
  name,
  label,
  xmp,
  type,
  ...extra,
})
const core = (name: string) => `Iptc4xmpCore:${name}`
const ext = (name: string) => `Iptc4xmpExt:${name}`
const plus = (name: string) => `plus:${name}`

export const contact = [
  field('address', 'Address', core('CiAdrExtadr')),
  field('city', 'City', core('CiAdrCity')),
  field('region', 'State or province', core('CiAdrRegion')),
  field('postalCode', 'Postal code', core('CiAdrPcode')),
  field('country', 'Country', core('CiAdrCtry')),
  field('email', 'Email', core('CiEmailWork')),
  field('phone', 'Phone', core('CiTelWork')),
  field('website', 'Website', core('CiUrlWork')),
]

export const place = [
  field('name', 'Name', ext('LocationName'), 'alt'),
  field('identifiers', 'Identifiers', ext('LocationId'), 'text', { many: 'bag' }),
  field('sublocation', 'Sublocation', ext('Sublocation')),
  field('city', 'City', ext('City')),
  field('state', 'State or province', ext('ProvinceState')),
  field('country', 'Country', ext('CountryName')),
  field('countryCode', 'Country code', ext('CountryCode')),
  field('worldRegion', 'World region', ext('WorldRegion')),
  field('latitude', 'Latitude', 'exif:GPSLatitude', 'text', { private: true }),
  field('longitude', 'Longitude', 'exif:GPSLongitude', 'text', { private: true }),
  field('altitude', 'Altitude', 'exif:GPSAltitude', 'text', { private: true }),
  field('altitudeRef', 'Altitude from', 'exif:GPSAltitudeRef', 'text', { private: true }),
]

export const cvTerm = [
  field('vocabulary', 'Vocabulary', ext('CvId')),
  field('id', 'Term', ext('CvTermId')),
  field('name', 'Name', ext('CvTermName'), 'alt'),
  field('about', 'Relation', ext('CvTermRefinedAbout')),
]

const entity = [field('identifiers', 'Identifiers', 'xmp:Identifier', 'text', { many: 'bag' }), field('name', 'Name', ext('Name'), 'alt')]
export const contributor = [...entity, field('roles', 'Roles', ext('Role'), 'text', { many: 'bag' })]

export const person = [
  field('name', 'Name', ext('PersonName'), 'alt'),
  field('description', 'Description', ext('PersonDescription'), 'alt'),
  field('identifiers', 'Identifiers', ext('PersonId'), 'text', { many: 'bag' }),
  field('characteristics', 'Characteristics', ext('PersonCharacteristic'), 'struct', { many: 'bag', of: cvTerm }),
]

export const product = [
  field('name', 'Name', ext('ProductName'), 'alt'),
  field('description', 'Description', ext('ProductDescription'), 'alt'),
  field('gtin', 'GTIN', ext('ProductGTIN')),
  field('identifiers', 'Identifiers', ext('ProductId'), 'text', { many: 'bag' }),
]

export const artwork = [
  field('title', 'Title', ext('AOTitle'), 'alt'),
  field('creators', 'Creators', ext('AOCreator'), 'text', { many: 'seq' }),
  field('creatorIds', 'Creators’ identifiers', ext('AOCreatorId'), 'text', { many: 'seq' }),
  field('dateCreated', 'Date created', ext('AODateCreated'), 'date'),
  field('circaDateCreated', 'Circa date created', ext('AOCircaDateCreated')),
  field('contentDescription', 'Content', ext('AOContentDescription'), 'alt'),
  field('contributionDescription', 'Contribution', ext('AOContributionDescription'), 'alt'),
  field('physicalDescription', 'Physical description', ext('AOPhysicalDescription'), 'alt'),
  field('stylePeriods', 'Style or period', ext('AOStylePeriod'), 'text', { many: 'bag' }),
  field('source', 'Source', ext('AOSource')),
  field('inventoryNumber', 'Inventory number', ext('AOSourceInvNo')),
  field('inventoryUrl', 'Inventory address', ext('AOSourceInvURL')),
  field('copyrightNotice', 'Copyright notice', ext('AOCopyrightNotice')),
  field('copyrightOwner', 'Copyright owner', ext('AOCurrentCopyrightOwnerName')),
  field('copyrightOwnerId', 'Copyright owner’s identifier', ext('AOCurrentCopyrightOwnerId')),
  field('licensor', 'Licensor', ext('AOCurrentLicensorName')),
  field('licensorId', 'Licensor’s identifier', ext('AOCurrentLicensorId')),
]

export const registryEntry = [
  field('itemId', 'Item', ext('RegItemId')),
  field('organisationId', 'Registry', ext('RegOrgId')),
  field('role', 'Role', ext('RegEntryRole')),
]

export const embeddedExpression = [
  field('expression', 'Expression', ext('EncRightsExpr')),
  field('encoding', 'Encoding', ext('RightsExprEncType')),
  field('language', 'Language', ext('RightsExprLangId')),
]
export const linkedExpression = [
  field('link', 'Address', ext('LinkedRightsExpr')),
  field('encoding', 'Encoding', ext('RightsExprEncType')),
  field('language', 'Language', ext('RightsExprLangId')),
]

const point = [field('x', 'x', ext('rbX'), 'real'), field('y', 'y', ext('rbY'), 'real')]
const boundary = [
  field('shape', 'Shape', ext('rbShape')),
  field('unit', 'Unit', ext('rbUnit')),
  ...point,
  field('width', 'Width', ext('rbW'), 'real'),
  field('height', 'Height', ext('rbH'), 'real'),
  field('radius', 'Radius', ext('rbRx'), 'real'),
  field('vertices', 'Vertices', ext('rbVertices'), 'struct', { many: 'seq', of: point }),
]
export const imageRegion = [
  field('boundary', 'Boundary', ext('RegionBoundary'), 'struct', { of: boundary }),
  field('id', 'Identifier', ext('rId')),
  field('name', 'Name', ext('Name'), 'alt'),
  field('types', 'Content types', ext('rCtype'), 'struct', { many: 'bag', of: entity }),
  field('roles', 'Roles', ext('rRole'), 'struct', { many: 'bag', of: entity }),
]

export const licensor = [
  field('name', 'Name', plus('LicensorName')),
  field('id', 'Identifier', plus('LicensorID')),
  field('email', 'Email', plus('LicensorEmail')),
  field('url', 'Website', plus('LicensorURL')),
  field('phoneType1', 'Kind of phone', plus('LicensorTelephoneType1'), 'uri'),
  field('phone1', 'Phone', plus('LicensorTelephone1')),
  field('phoneType2', 'Kind of second phone', plus('LicensorTelephoneType2'), 'uri'),
  field('phone2', 'Second phone', plus('LicensorTelephone2')),
  field('street', 'Street', plus('LicensorStreetAddress')),
  field('addressDetail', 'Address detail', plus('LicensorExtendedAddress')),
  field('city', 'City', plus('LicensorCity')),
  field('region', 'State or province', plus('LicensorRegion')),
  field('postalCode', 'Postal code', plus('LicensorPostalCode')),
  field('country', 'Country', plus('LicensorCountry')),
]

/** PLUS names the two fields of each party after the party. */
export const party = (prefix: string) => [field('name', 'Name', plus(`${prefix}Name`)), field('id', 'Identifier', plus(`${prefix}ID`))]

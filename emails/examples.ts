import type { LetterProps } from './props.ts'

const url = 'https://brand.example/there/42'
const house = { houseName: 'Northlight Studio' }

/** One good set of props for each letter: for the tests, and to look at. */
export const examples: LetterProps = {
  invitation: { name: 'Ada Meyer', inviterName: 'Jonas Berg', orgName: 'Kite & Co', ...house, url, expiresAt: '2026-11-28T09:00:00.000Z' },
  'password-reset': { name: 'Ada Meyer', url, expiresAt: '2026-11-21T10:00:00.000Z' },
  welcome: { name: 'Ada Meyer', orgName: 'Kite & Co', url },
  'order-receipt': {
    ...house, name: 'Ada Meyer', orderNumber: 'CM-O-2026-0007', net: '€174.00', tax: '€33.06', total: '€207.06', invoiceUrl: 'https://brand.example/invoices/7', url,
    lines: [
      { title: 'Harbour at dawn', summary: 'Web banner, Germany, one year', price: '€125.00', licenceNumber: 'CM-2026-7K3QX9MB', licenceUrl: 'https://brand.example/licences/1' },
      { title: 'Łódź, Piotrkowska', summary: 'Standard', price: '€49.00', licenceNumber: 'CM-2026-7K3QX9MC', licenceUrl: 'https://brand.example/licences/2' },
    ],
  },
  'order-conflict': { ...house, name: null, orderNumber: 'CM-O-2026-0008', amount: '€1,487.50', lines: [{ title: 'Harbour at dawn', price: '€1,250.00' }], url },
  'refund-done': { ...house, name: 'Ada Meyer', orderNumber: 'CM-O-2026-0008', amount: '€1,487.50', reason: 'The campaign was cancelled.', conflict: false, licencesEnd: true, url },
  'licence-granted': { ...house, name: 'Ada Meyer', assetTitle: 'Harbour at dawn', licenceNumber: 'CM-2026-7K3QX9MB', until: '2027-11-20', url },
  'kit-granted': { ...house, name: 'Ada Meyer', kitTitle: 'Northlight 2027', until: null, url },
  'request-received': { ...house, name: 'Jonas Berg', personName: 'Ada Meyer', orgName: 'Kite & Co', assetTitle: 'Harbour at dawn', purpose: 'Poster for the spring fair.\nA1, 500 copies.', url },
  'request-granted': { ...house, name: 'Ada Meyer', assetTitle: 'Harbour at dawn', licenceNumber: 'CM-2026-7K3QX9MB', until: '2027-05-31', reason: 'For the fair only.', url },
  'request-refused': { ...house, name: 'Ada Meyer', assetTitle: 'Harbour at dawn', reason: 'Exclusive to another customer until June.', url },
  'review-requested': { ...house, name: 'Jonas Berg', assetTitle: 'Harbour at dawn', personName: 'Ada Meyer', note: 'Colours are corrected.', url },
  'review-decided': { ...house, name: 'Ada Meyer', assetTitle: 'Harbour at dawn', decision: 'changes-asked', reason: 'The horizon is not level.', url },
  'licence-ending': { ...house, name: 'Ada Meyer', title: 'Harbour at dawn', licenceNumber: 'CM-2026-7K3QX9MB', days: 7, lastDay: '2026-12-31', url },
  'licence-ended': { ...house, name: 'Ada Meyer', title: 'Harbour at dawn', licenceNumber: 'CM-2026-7K3QX9MB', why: 'expired', reason: null, url },
}

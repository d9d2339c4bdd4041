/** The cast of the demonstration. */
export interface Cast {
  folder: string
  name: string
  title: string
  department: string
  email: string
  phone: string
  device: string
}

export const ORGANISATION = 'Koskela Oy'
/** Printed at the start; it protects nothing but the demonstration. */
export const ADMIN_PASSPHRASE = 'demonstration only'

export const pekka: Cast = {
  folder: 'pekka',
  name: 'Pekka Koskela',
  title: 'IT manager',
  department: 'IT',
  email: 'pekka@koskela.example',
  phone: '+358 40 555 0101',
  device: 'KOSKELA-IT-01',
}

export const sanna: Cast = {
  folder: 'sanna',
  name: 'Sanna Virtanen',
  title: 'Production designer',
  department: 'Design',
  email: 'sanna@koskela.example',
  phone: '+358 40 555 0102',
  device: 'KOSKELA-DESIGN-04',
}

export const marta: Cast = {
  folder: 'marta',
  name: 'Marta Nowak',
  title: 'Procurement',
  department: 'Operations',
  email: 'marta@koskela.example',
  phone: '+358 40 555 0103',
  device: 'KOSKELA-OPS-02',
}

/** Who says what to whom, in order. */
export const CONVERSATION: ReadonlyArray<readonly [from: Cast, to: Cast, text: string]> = [
  [pekka, sanna, 'Morning Sanna, welcome to Lanyard. This goes straight from my PC to yours.'],
  [sanna, pekka, 'Nice. No server at all?'],
  [pekka, sanna, 'None. Pull the internet cable and it still works.'],
  [sanna, pekka, 'I might do that just to get some work done.'],
  [sanna, marta, 'Marta, did the sample panels arrive?'],
  [marta, sanna, 'They are at reception, three boxes. I will bring them up after lunch.'],
  [sanna, marta, 'Perfect, thank you!'],
  [marta, pekka, 'Pekka, the new label printer is here. When do you have time?'],
]

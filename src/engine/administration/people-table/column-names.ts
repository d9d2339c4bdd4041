import type { TableField } from '../../../shared/contract/people-table.ts'

/**
 * What the usual exports call their columns, in English, German, Finnish, French and Swedish, as `plainName` writes it.
 * The better one first: Outlook's "Title" is a form of address and "Job Title" what we ask for.
 */
export const columnNames: Readonly<Record<TableField, readonly string[]>> = {
  id: ['lanyardid'],
  name: [
    ...['fullname', 'displayname', 'anzeigename', 'vollstandigername', 'vollername', 'kokonimi', 'nomcomplet'],
    ...['nometprenom', 'prenometnom', 'fullstandigtnamn', 'name', 'namerequired', 'nimi', 'namn', 'nom'],
    ...['employee', 'employeename', 'mitarbeiter', 'mitarbeiterin', 'mitarbeitername', 'person', 'tyontekija'],
  ],
  title: [
    ...['jobtitle', 'position', 'stellenbezeichnung', 'berufsbezeichnung', 'funktion', 'jobtitel', 'stelle', 'beruf'],
    ...['tehtavanimike', 'ammattinimike', 'tehtava', 'intituleduposte', 'fonction', 'poste', 'befattning'],
    ...['organization1title', 'organizationtitle', 'employeetitle', 'jobbtitel', 'titteli', 'titre', 'titel', 'title'],
  ],
  department: [
    ...['department', 'abteilung', 'osasto', 'departement', 'avdelning', 'dept', 'organization1department'],
    ...['organizationdepartment', 'organisationseinheit', 'fachbereich', 'bereich', 'yksikko', 'service', 'team'],
  ],
  email: [
    ...['email', 'emailaddress', 'emailadresse', 'workemail', 'emailgeschaftlich', 'email1value', 'mail'],
    ...['emailaddressrequired', 'primaryemail', 'mailadresse', 'sahkoposti', 'sahkopostiosoite', 'courriel'],
    ...['adresseemail', 'adressedemessagerie', 'adressemail', 'adresseelectronique', 'epost', 'epostadress'],
    ...['emails', 'userprincipalname'],
  ],
  phone: [
    ...[
      'businessphone',
      'telefongeschaftlich',
      'workphone',
      'officephone',
      'telephonebureau',
      'telephoneprofessionnel',
    ],
    ...['phone', 'phonenumber', 'telephone', 'telephonenumber', 'telefon', 'telefonnummer', 'rufnummer', 'tel'],
    ...['puhelin', 'puhelinnumero', 'phone1value', 'durchwahl', 'numerodetelephone', 'phonenumbers'],
    ...['mobile', 'mobilephone', 'mobiltelefon', 'mobil', 'mobilnummer', 'handy', 'handynummer', 'matkapuhelin', 'gsm'],
    ...['telmobile', 'telephonemobile', 'telephoneportable', 'portable', 'cell', 'cellphone', 'mobilephonenumber'],
  ],
  roles: ['roles', 'role', 'rollen', 'rolle', 'roolit', 'rooli', 'roller', 'roll'],
}

export const givenNames: readonly string[] = [
  ...['firstname', 'givenname', 'firstnamerequired', 'vorname', 'rufname', 'etunimi', 'prenom', 'fornamn'],
]
export const familyNames: readonly string[] = [
  ...['lastname', 'familyname', 'surname', 'lastnamerequired', 'nachname', 'familienname', 'zuname', 'sukunimi'],
  ...['nomdefamille', 'efternamn'],
]
/** A family name where a given name stands beside it. */
export const ambiguousNames: readonly string[] = ['name', 'nom', 'nimi', 'namn']

/** Characters: nothing longer is the name of a column, and normalising endless accents takes its time. */
const MAX_HEADING = 60

/** Lower case, without accents, spaces and signs. */
export const plainName = (heading: string): string =>
  heading
    .slice(0, MAX_HEADING)
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]/g, '')

const known = new Set([...Object.values(columnNames).flat(), ...givenNames, ...familyNames])

export const isColumnName = (heading: string): boolean => known.has(plainName(heading))

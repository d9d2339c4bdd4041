import { readFile } from 'node:fs/promises'
import { unzipSync } from 'fflate'
import { openAdmin, signInDialog } from '../support/admin-steps.ts'
import { choose, chooseAtOnce, giveFile, rowOf, signChanges } from '../support/list-steps.ts'
import { lookAround } from '../support/looks.ts'
import { expect, test } from '../support/office.ts'
import { colleagues, expectNoSidewaysScroll } from '../support/pair.ts'
import { look } from '../support/screens.ts'
import { approve, askToJoin, found, goTo, invite, protectProfile, wordsOf } from '../support/steps.ts'

/** As a spreadsheet saves it: a heading that nobody could guess wholly, umlauts, quotes, and what people get wrong. */
const TABLE = [
  'Name;Job;Belongs to;Reach at;Phone',
  'Jürgen Müller;Welder;Production;jurgen.muller@koskela.example;040 555 0101',
  '"Ångström, Zoë";Quality engineer;Engineering;zoe@koskela.example;',
  ';Painter;Production;nobody@koskela.example;',
  'Ben Green;Fitter;Production;ben at koskela;',
  'Aino Lehtonen;Machinist;Production;aino@koskela.example;040 555 0104',
]
const table = {
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`\ufeff${TABLE.join('\r\n')}\r\n`),
}

test('Pekka imports a table with mistakes, puts it right, and signs it', async ({ office }) => {
  const pekka = await office.newcomer('Pekka')
  const { page } = pekka
  await found(page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
  await openAdmin(page, 'Contact list')
  await expect(page.getByText('Nobody else is on the list yet')).toBeVisible()
  await look(page, '40-list-alone')

  const dialog = page.getByRole('dialog')
  await test.step('every problem is named by its row', async () => {
    await page.getByRole('button', { name: 'Import CSV' }).click()
    await look(page, '41-import-choose')
    await giveFile(page, 'Choose file', table)
    const rows = dialog.getByRole('table')
    await expect(rows.getByRole('row').filter({ hasText: 'No name' })).toContainText('there is no name')
    await expect(dialog.getByRole('button', { name: /for signing/ })).toBeDisabled()
  })

  await test.step('the columns are put right by hand, and one choice does not undo another', async () => {
    await chooseAtOnce(dialog, {
      'Column for Title': 'Job',
      'Column for Department': 'Belongs to',
      'Column for E-mail': 'Reach at',
    })
    await expect(dialog.getByRole('row').filter({ hasText: 'Ben Green' })).toContainText(
      'this is not an e-mail address',
    )
    await expect(dialog.getByRole('row').filter({ hasText: 'Zoë' })).toContainText('New')
    await lookAround(page, '42-import-preview')
    await dialog.getByRole('checkbox', { name: 'Leave out the 2 rows with problems' }).check()
    await dialog.getByRole('button', { name: 'Keep 3 people for signing' }).click()
    await expect(dialog).toContainText('3 people are new')
    await look(page, '43-import-done')
  })

  const files = await test.step('an invitation for each new person, in one file', async () => {
    await dialog.getByRole('button', { name: 'Make an invitation for each new person' }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(3)
    const saved = page.waitForEvent('download')
    await dialog.getByRole('button', { name: 'Save all as a zip file' }).click()
    const found = unzipSync(await readFile(await (await saved).path()))
    expect(Object.keys(found)).toHaveLength(4)
    expect(new TextDecoder().decode(found['invitations.csv'])).toContain('Aino Lehtonen.lanyard')
    await dialog.getByRole('button', { name: 'Done' }).click()
    return found
  })

  await test.step('nobody is on the list before it is signed', async () => {
    await expect(rowOf(page, 'Aino Lehtonen')).toContainText('Not signed yet')
    await choose(page, 'Jürgen Müller', 'Edit details')
    await expect(dialog.getByLabel('Title')).toHaveValue('Welder')
    await dialog.getByLabel('Title').fill('Lead welder')
    await dialog.getByRole('button', { name: 'Keep for signing' }).click()
    await expect(rowOf(page, 'Jürgen Müller')).toContainText('Lead welder')
    await page.getByRole('button', { name: 'Review and sign v2' }).click()
    await expect(dialog.getByRole('list', { name: 'Changes' })).toContainText('Aino Lehtonen added')
    await lookAround(page, '44-review')
    await dialog.getByRole('button', { name: 'Take back: Ångström, Zoë added' }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(2)
    await dialog.getByRole('button', { name: 'Edit: Aino Lehtonen added' }).click()
    await dialog.getByLabel('Department').fill('Assembly')
    await dialog.getByRole('button', { name: 'Keep for signing' }).click()
    await expect(dialog).toContainText('Review')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(rowOf(page, 'Aino Lehtonen')).toContainText('Assembly')
    await choose(page, 'Aino Lehtonen', 'Edit details')
    await dialog.getByLabel('Department').fill('Production')
    await dialog.getByRole('button', { name: 'Keep for signing' }).click()
    await expect(rowOf(page, 'Aino Lehtonen')).not.toContainText('Assembly')
    await look(page, '44-list-not-signed')
    await signChanges(page)
    await expect(rowOf(page, 'Aino Lehtonen')).toContainText('Production')
    await expect(rowOf(page, 'Jürgen Müller')).toContainText('No device yet')
    await expect(rowOf(page, 'Zoë')).toBeHidden()
  })

  await test.step('the list can be searched, sorted and used without a mouse', async () => {
    const name = page.getByRole('columnheader', { name: 'Name' })
    await expect(name).toHaveAttribute('aria-sort', 'ascending')
    await name.getByRole('button').click()
    await expect(name).toHaveAttribute('aria-sort', 'descending')
    await page.getByLabel('Department').selectOption('Production')
    await expect(rowOf(page, 'Pekka Koskela')).toBeHidden()
    await page.getByLabel('Search people').fill('aino')
    await expect(rowOf(page, 'Jürgen Müller')).toBeHidden()
    await page.getByLabel('Search people').fill('')
    await rowOf(page, 'Jürgen Müller').focus()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf(page, 'Aino Lehtonen')).toBeFocused()
    await page.keyboard.press('Shift+F10')
    await expect(page.getByRole('menuitem', { name: 'Edit details' })).toBeFocused()
    await look(page, '45-list-menu')
    await page.keyboard.press('Escape')
    await expect(rowOf(page, 'Aino Lehtonen')).toBeFocused()
    // A row that got the focus by other means than the arrow keys, as a screen reader gives it.
    await rowOf(page, 'Jürgen Müller').focus()
    await page.keyboard.press('Shift+F10')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toBeFocused()
    await expect(page.getByRole('dialog').getByLabel('Name', { exact: true })).toHaveValue('Jürgen Müller')
    await page.keyboard.press('Escape')
    await expect(rowOf(page, 'Jürgen Müller')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(rowOf(page, 'Aino Lehtonen')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText('Verified by Koskela Oy')
    await page.keyboard.press('Escape')
  })

  await test.step('the table goes out again as a spreadsheet opens it', async () => {
    await page.getByRole('button', { name: 'More', exact: true }).click()
    const saved = page.waitForEvent('download')
    await page.getByRole('menuitem', { name: 'Export as CSV' }).click()
    expect(await readFile(await (await saved).path(), 'utf8')).toContain('"Jürgen Müller"')
  })

  const aino = await office.newcomer('Aino')
  const joinWith = async (file: string) => {
    const asked = aino.page.waitForEvent('filechooser')
    await aino.page.getByRole('button', { name: 'Open invitation file' }).click()
    await (await asked).setFiles({
      name: file,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(files[file] ?? []),
    })
    await aino.page.getByRole('button', { name: 'Ask to join' }).click()
  }

  await test.step('whoever is not to come any more is taken back, several at once', async () => {
    await openAdmin(page, 'Invitations')
    await page.getByRole('checkbox', { name: 'Choose all' }).check()
    await page.getByRole('checkbox', { name: 'Choose the invitation of Aino Lehtonen' }).uncheck()
    await page.getByRole('button', { name: 'Withdraw 2 invitations' }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText('Ångström, Zoë')
    await look(page, '65-withdraw-several')
    await question.getByRole('button', { name: 'Withdraw 2 invitations' }).click()
    await expect(question).toBeHidden()
    await expect(page.getByRole('list', { name: 'Invitations' }).getByRole('listitem')).toHaveCount(1)
  })

  await test.step('Aino joins with the file from the zip, and not with the one that was taken back', async () => {
    await aino.page.getByRole('button', { name: /Join with an invitation/ }).click()
    await protectProfile(aino.page)
    await joinWith('Jürgen Müller.lanyard')
    await expect(aino.page.getByText('The old one may have been withdrawn.')).toBeVisible()
    await look(aino.page, '66-invitation-taken-back')
    await aino.page.getByRole('button', { name: 'Use another invitation' }).click()
    await aino.page.getByRole('button', { name: /Join with an invitation/ }).click()
    await joinWith('Aino Lehtonen.lanyard')
    await openAdmin(page, 'Contact list')
    await approve(page, 'Aino Lehtonen', await wordsOf(aino.page, 'Fingerprint words'))
    await expect(aino.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })
})

test('what Pekka corrects, groups and rules, Sanna’s PC knows at once', async ({ office }) => {
  const { pekka, sanna } = await colleagues(office)
  const { page } = pekka
  await openAdmin(page, 'Contact list')
  await expect(rowOf(page, 'Sanna Virtanen')).toContainText('Up to date')
  await lookAround(page, '46-list')
  await expectNoSidewaysScroll(page)

  await test.step('a correction waits for the signature, and can be gone on with', async () => {
    await choose(page, 'Sanna Virtanen', 'Edit details')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Title').fill('Lead designer')
    const roles = dialog.getByRole('textbox', { name: 'Roles' })
    await roles.fill('first aid')
    await roles.press('Enter')
    await lookAround(page, '47-person')
    await dialog.getByRole('button', { name: 'Keep for signing' }).click()
    await expect(rowOf(page, 'Sanna Virtanen')).toContainText('Change not signed')
    await choose(page, 'Sanna Virtanen', 'Edit details')
    await expect(dialog.getByLabel('Title')).toHaveValue('Lead designer')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(rowOf(page, 'Sanna Virtanen')).toBeVisible()

    const question = page.getByRole('alertdialog', { name: 'Discard what you entered?' })
    await choose(page, 'Sanna Virtanen', 'Edit details')
    await dialog.getByLabel('Title').fill('Something else')
    await page.keyboard.press('Escape')
    await look(page, '47-person-discard')
    await question.getByRole('button', { name: 'Keep editing' }).click()
    await expect(dialog.getByLabel('Title')).toBeFocused()
    await expect(dialog.getByLabel('Title')).toHaveValue('Something else')
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await question.getByRole('button', { name: 'Discard' }).click()
    await expect(dialog).toBeHidden()
    await signChanges(page)
    await goTo(sanna.page, 'People')
    await expect(sanna.page.getByRole('row').filter({ hasText: 'Sanna Virtanen' })).toContainText('Lead designer')
    await sanna.page.getByLabel('Search people').fill('first aid')
    await expect(sanna.page.getByRole('row').filter({ hasText: 'Sanna Virtanen' })).toBeVisible()
  })

  await test.step('a group by hand and by department is a place in everybody’s People', async () => {
    await openAdmin(page, 'Groups')
    await look(page, '48-groups-none')
    await page.getByRole('button', { name: 'New group' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name', { exact: true }).fill('Crisis team')
    await dialog.getByRole('checkbox', { name: 'Design (1)' }).check()
    await dialog.getByRole('checkbox', { name: 'Pekka Koskela' }).check()
    await expect(dialog.getByText('2 people', { exact: true })).toBeVisible()
    await lookAround(page, '49-group')
    await dialog.getByRole('button', { name: 'Keep for signing' }).click()
    await signChanges(page)
    await expect(page.getByRole('list', { name: 'Groups' })).toContainText('Everyone in Design')
    await lookAround(page, '50-groups')
    await sanna.page.getByLabel('Search people').fill('')
    await sanna.page
      .getByRole('navigation', { name: 'Departments' })
      .getByRole('button', { name: 'Crisis team' })
      .click()
    await expect(sanna.page.getByRole('table').getByRole('row')).toHaveCount(3)
    await look(sanna.page, '51-people-group')
  })

  await test.step('policies say what they do, and refuse what is no address', async () => {
    await openAdmin(page, 'Policies')
    const addresses = page.getByLabel('Addresses to ask first')
    await addresses.fill('pc-12')
    await expect(page.getByRole('button', { name: 'Keep for signing' })).toBeDisabled()
    await addresses.fill('10.20.0.5:4870')
    await page.getByRole('navigation', { name: 'Admin' }).getByRole('button', { name: 'Groups' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Keep editing' }).click()
    await expect(addresses).toHaveValue('10.20.0.5:4870')
    await page.getByRole('switch', { name: /Lock Lanyard/ }).check()
    await lookAround(page, '52-policies')
    await page.getByRole('button', { name: 'Keep for signing' }).click()
    await signChanges(page)
    await expect(addresses).toHaveValue('10.20.0.5:4870')
  })
})

test('Pekka removes Sanna and signs it where he decides it, and her PC says so', async ({ office }) => {
  const { pekka, sanna } = await colleagues(office)
  const { page } = pekka
  await openAdmin(page, 'Contact list')
  await choose(page, 'Sanna Virtanen', 'Remove from list')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('Nothing is erased')
  await lookAround(page, '53-remove')
  await signInDialog(page, 'Remove and sign now')
  await expect(rowOf(page, 'Sanna Virtanen')).toBeHidden()
  await expect(sanna.page.getByRole('heading', { name: 'You are no longer on the contact list' })).toBeVisible()
  await look(sanna.page, '54-removed')

  await test.step('it was a mistake: Sanna begins again with a new invitation', async () => {
    await sanna.page.getByRole('button', { name: 'Use a new invitation' }).click()
    await expect(sanna.page.getByRole('dialog')).toContainText('Your old chats are kept on this PC')
    await lookAround(sanna.page, '55-begin-again')
    await sanna.page.getByRole('button', { name: 'Begin again' }).click()
    await askToJoin(sanna.page, await invite(page, 'Sanna Virtanen', 'Designer', 'Design'))
    await approve(page, 'Sanna Virtanen', await wordsOf(sanna.page, 'Fingerprint words'))
    await goTo(sanna.page, 'People')
    await expect(sanna.page.getByRole('row').filter({ hasText: 'Pekka Koskela' })).toBeVisible()
  })
})

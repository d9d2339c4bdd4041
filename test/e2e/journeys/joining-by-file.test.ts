import { openAdmin, openHistory, openOrganisation } from '../support/admin-steps.ts'
import { openByButton, saveByButton } from '../support/files.ts'
import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import { approve, found, goTo, protectProfile, unlock, wordsOf } from '../support/steps.ts'

test('Sanna joins though her PC and the administrator’s are never on at the same time', async ({ office }) => {
  const pekka = await office.newcomer('Pekka')
  await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')

  const invitation = await test.step('Pekka puts an invitation on a stick and goes home', async () => {
    const { page } = pekka
    await openAdmin(page, 'Contact list')
    await page.getByRole('button', { name: 'Invite people' }).click()
    await page.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Sanna Virtanen')
    await page.getByRole('dialog').getByRole('button', { name: 'Create invitation' }).click()
    await look(page, '50-invitation-ready')
    const path = await saveByButton(page, 'Save as file')
    expect(path).toMatch(/\.lanyard$/)
    await page.getByRole('button', { name: 'Done' }).click()
    await pekka.leave()
    return path
  })

  const sanna = await office.newcomer('Sanna')
  const { request, words } = await test.step('Sanna opens it, asks, and puts her request on the stick', async () => {
    const { page } = sanna
    await page.getByRole('button', { name: /Join with an invitation/ }).click()
    await protectProfile(page)
    await expect(page.getByRole('button', { name: 'Open invitation file' })).toBeVisible()
    await look(page, '51-join')
    await openByButton(page, 'Open invitation file', invitation)
    await expect(page.getByRole('heading', { name: 'Is this you?' })).toBeVisible()
    await page.getByRole('button', { name: 'Ask to join' }).click()
    await expect(page.getByRole('heading', { name: 'Waiting for an administrator' })).toBeVisible()
    const shown = await wordsOf(page, 'Fingerprint words')
    const path = await saveByButton(page, 'Save request as file')
    await expect(page.getByText('The request was saved.')).toBeVisible()
    await look(page, '52-waiting-by-file')
    await openByButton(page, 'Open answer file', path)
    await expect(page.getByText('This file holds no answer.')).toBeVisible()
    await sanna.leave()
    return { request: path, words: shown }
  })

  const answer = await test.step('Pekka opens the request, approves it, and saves the list', async () => {
    await pekka.returns()
    const { page } = pekka
    await unlock(page)
    await openAdmin(page, 'Join requests')
    await openByButton(page, 'Open request file', request)
    await expect(page.getByRole('button', { name: 'Approve Sanna Virtanen' })).toBeVisible()
    await expect(page.getByText('Not connected now')).toBeVisible()
    await look(page, '53-request-from-a-file')
    await approve(page, 'Sanna Virtanen', words)
    await openOrganisation(page)
    const path = await saveByButton(page, 'Save as file')
    await pekka.leave()
    return path
  })

  await test.step('Sanna opens the answer and is in', async () => {
    await sanna.returns()
    const { page } = sanna
    await unlock(page)
    await expect(page.getByRole('heading', { name: 'Waiting for an administrator' })).toBeVisible()
    await openByButton(page, 'Open answer file', answer)
    await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    await goTo(page, 'People')
    await expect(page.getByRole('row').filter({ hasText: 'Pekka Koskela' })).toBeVisible()
  })

  await test.step('the same file again changes nothing, and the history says what is not here yet', async () => {
    const { page } = sanna
    await openOrganisation(page)
    await openByButton(page, 'Open a file', answer)
    await look(page, '54-open-a-file')
    await page.getByRole('button', { name: 'Take it in' }).click()
    await expect(page.getByText('Nothing was changed.')).toBeVisible()
    const history = await openHistory(page)
    await expect(history).toContainText('Signed by Pekka Koskela')
    await expect(history).toContainText('as soon as the version before it is here')
    await expect(page.getByText('Older versions are still being fetched')).toBeVisible()
    await look(page, '55-history-from-a-file')
  })
})

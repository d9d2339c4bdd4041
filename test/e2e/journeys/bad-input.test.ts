import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { expect, test } from '../support/office.ts'
import { look } from '../support/screens.ts'
import { failingStart } from '../support/shell-process.ts'
import { found, goTo, invite, protectProfile } from '../support/steps.ts'

test('what goes wrong is said, and nothing is lost by it', async ({ office }) => {
  const pekka = await office.newcomer('Pekka')
  await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')

  await test.step('a wrong passphrase', async () => {
    await pekka.leave()
    await pekka.returns()
    await pekka.page.getByLabel('Passphrase', { exact: true }).fill('not the passphrase')
    await pekka.page.getByRole('button', { name: 'Unlock' }).click()
    await expect(pekka.page.getByRole('alert')).toContainText('Your messages are untouched')
    await look(pekka.page, '30-wrong-passphrase')
    await pekka.page.getByLabel('Passphrase', { exact: true }).fill('anchovy lantern quilt 9')
    await pekka.page.getByRole('button', { name: 'Unlock' }).click()
    await expect(pekka.page.getByRole('navigation', { name: 'Main' })).toBeVisible()
  })

  await test.step('an invitation that is not whole, and one that was changed', async () => {
    const link = await invite(pekka.page, 'Sanna Virtanen', 'Designer', 'Design')
    const sanna = await office.newcomer('Sanna')
    const { page } = sanna
    await page.getByRole('button', { name: /Join with an invitation/ }).click()
    await protectProfile(page)
    for (const broken of [link.slice(0, -9), `${link.slice(0, 40)}A${link.slice(41)}B`, 'hello']) {
      await page.getByLabel('Invitation').fill(broken)
      await page.getByRole('button', { name: 'Check invitation' }).click()
      await expect(page.getByRole('alert')).toContainText('Nothing was changed')
    }
    await look(page, '31-wrong-invitation')
    await page.getByLabel('Invitation').fill(link)
    await page.getByRole('button', { name: 'Check invitation' }).click()
    await expect(page.getByRole('button', { name: 'Ask to join' })).toBeVisible()
    await look(page, '32-invitation')
  })

  await test.step('a second start on one profile', async () => {
    const { code, said } = await failingStart(pekka.profile, office.args)
    expect(code).toBe(0)
    expect(said).toContain('already running')
    await goTo(pekka.page, 'People')
  })

  await test.step('a second start that cannot reach the first one', async () => {
    await writeFile(join(pekka.profile, 'shell', 'running.json'), '{}')
    const { code, said } = await failingStart(pekka.profile, office.args)
    expect(code).toBe(1)
    expect(said).toMatch(/already running with this profile.*Nothing was changed/s)
  })

  await test.step('a port that is taken', async () => {
    const port = Number(new URL(pekka.page.url()).port)
    await pekka.leave()
    const thief = createServer().listen(port, '127.0.0.1')
    const { code, said } = await failingStart(pekka.profile, office.args)
    expect(code).toBe(1)
    expect(said).toMatch(/Another program uses the port.*untouched.*--port 0/s)
    await new Promise(resolve => thief.close(resolve))
    await pekka.returns()
    await expect(pekka.page.getByRole('heading', { name: 'Lanyard is locked' })).toBeVisible()
  })
})

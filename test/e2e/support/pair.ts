import { expect, type Page } from 'playwright/test'
import type { Colleague, Office } from './office.ts'
import { approve, askToJoin, found, invite, openChat, wordsOf } from './steps.ts'

/** Pekka the administrator and Sanna, in one organisation, each with the chat with the other open. */
export const colleagues = async (office: Office): Promise<{ pekka: Colleague; sanna: Colleague }> => {
  const [pekka, sanna] = await Promise.all([office.newcomer('Pekka'), office.newcomer('Sanna')])
  await found(pekka.page, 'Koskela Oy', 'Pekka Koskela', 'IT manager')
  await askToJoin(sanna.page, await invite(pekka.page, 'Sanna Virtanen', 'Designer', 'Design'))
  await approve(pekka.page, 'Sanna Virtanen', await wordsOf(sanna.page, 'Fingerprint words'))
  await sanna.page.getByRole('navigation', { name: 'Main' }).waitFor()
  await openChat(pekka.page, 'Sanna Virtanen')
  await openChat(sanna.page, 'Pekka Koskela')
  return { pekka, sanna }
}

/** Nothing of the page is cut off at the side, once it has taken up the window's new width. */
export const expectNoSidewaysScroll = (page: Page, where = 'the page'): Promise<void> =>
  expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), {
      message: where,
    })
    .toBeLessThanOrEqual(0)

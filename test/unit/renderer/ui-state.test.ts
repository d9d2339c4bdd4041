import { beforeEach, expect, test } from 'vitest'
import {
  leavePage,
  resetUi,
  showAdminPage,
  showConversation,
  showView,
  stayOnPage,
  useUi,
} from '../../../src/renderer/ui-state.ts'

beforeEach(() => {
  resetUi()
  showAdminPage('policies')
})

test('a page where nothing was entered is left at once', () => {
  showView('chats')
  expect(useUi.getState()).toMatchObject({ view: 'chats', leaving: null })
})

test.each([
  ['to another page of the console', () => showAdminPage('groups'), { view: 'admin', adminPage: 'groups' }],
  ['to another view', () => showView('people'), { view: 'people' }],
  ['to a conversation', () => showConversation(null), { view: 'chats' }],
])('Alice is asked before she goes %s, and goes only then', (_where, go, there) => {
  useUi.setState({ isPageChanged: true })
  go()
  expect(useUi.getState()).toMatchObject({ view: 'admin', adminPage: 'policies' })
  expect(useUi.getState().leaving).not.toBeNull()
  stayOnPage()
  expect(useUi.getState()).toMatchObject({ adminPage: 'policies', leaving: null, isPageChanged: true })
  go()
  leavePage()
  expect(useUi.getState()).toMatchObject({ ...there, leaving: null, isPageChanged: false })
})

test('the page that is shown already is no reason to ask', () => {
  useUi.setState({ isPageChanged: true })
  showAdminPage('policies')
  showView('admin')
  expect(useUi.getState().leaving).toBeNull()
})

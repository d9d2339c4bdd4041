export const discard = {
  'discard.title': 'Discard what you entered?',
  'discard.text': 'It has not been saved. Nothing else changes.',
  'discard.keep': 'Keep editing',
  'discard.discard': 'Discard',
}

export type PeopleFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'online' }
  | { readonly kind: 'department'; readonly name: string }

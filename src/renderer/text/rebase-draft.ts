/**
 * A form whose ground has moved: what was entered stays, every other field follows. `base` is what the form began with,
 * `fresh` what it would begin with now.
 */
export const rebaseDraft = <T extends object>(draft: T, base: T, fresh: T): T => {
  const rebased = { ...fresh }
  for (const field of Object.keys(fresh) as (keyof T)[]) if (draft[field] !== base[field]) rebased[field] = draft[field]
  return rebased
}

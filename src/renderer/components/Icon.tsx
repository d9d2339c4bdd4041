import type { LucideIcon } from 'lucide-react'

export interface IconProps {
  icon: LucideIcon
  /** Pixels. */
  size?: 12 | 14 | 16 | 18 | 20 | 24 | 32
}

/** Strokes that look equally strong at every size: 1.75 at 20 px, 2 at 14 to 16, 2.25 at 12, 1.5 at 32. */
const strokeAt = (size: number): number => {
  if (size <= 12) return 2.25
  if (size <= 16) return 2
  return size >= 32 ? 1.5 : 1.75
}

/** A decoration: what it means stands in words beside it or in the accessible name around it. */
export const Icon = ({ icon: Shape, size = 20 }: IconProps) => (
  <Shape size={size} strokeWidth={strokeAt(size)} aria-hidden />
)

/**
 * Loaded before a process begins: its PC's clock is ahead by LANYARD_TEST_CLOCK_AHEAD milliseconds. Timers run as ever.
 */
const ahead = Number(process.env.LANYARD_TEST_CLOCK_AHEAD)
if (!Number.isSafeInteger(ahead)) throw new Error('LANYARD_TEST_CLOCK_AHEAD must be whole milliseconds')

const RealDate = Date

globalThis.Date = class extends RealDate {
  static now() {
    return RealDate.now() + ahead
  }

  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + ahead)
    else super(...parts)
  }
}

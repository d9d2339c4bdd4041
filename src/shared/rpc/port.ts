/**
 * A two-way channel of structured-clone-safe frames between two parts of the product. `test/helpers/port-compliance.ts`
 * says what every implementation must do:
 * - frames arrive whole, in order, exactly once;
 * - frames that arrive before the first listener wait for it;
 * - closing either end tells the other end's close listeners, once; posting to a closed port does nothing.
 */
export interface Port {
  post(frame: unknown): void
  /** Sets the one listener for frames. */
  onFrame(listener: (frame: unknown) => void): void
  /** Adds a listener; called at once if the port is closed already. */
  onClose(listener: () => void): void
  close(): void
}

import { Component, type ReactNode } from 'react'
import { CrashedScreen } from '../screens/PlainScreens.tsx'

interface State {
  readonly hasFailed: boolean
}

/** A bug in one view does not leave an empty window behind. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return <CrashedScreen onAgain={() => this.setState({ hasFailed: false })} />
  }
}

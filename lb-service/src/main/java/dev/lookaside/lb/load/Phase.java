package dev.lookaside.lb.load;

import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.Status;

/**
 * Where a stream stands with its endpoint. Each phase owns what it set up and gives it back when it
 * is left; what belongs to the next one is handed on.
 *
 * <pre>
 * Waiting ──turn──▶ Connecting ──handshake──▶ Asking ──answer──▶ Following ──┐
 *    ▲ ▲                │ refused, too long      │ silent          │ lost    │ the server
 *    │ └────────────────┴────────────────────────┴─────────────────┘         │ asked to
 *    └ at first         ▲────────────────────────────────────────────────────┘ go elsewhere
 * </pre>
 */
sealed interface Phase permits Waiting, Connecting, Asking, Following, Closed {

  void enter();

  void leave();

  /** The handshake is done. */
  default void connected() {}

  default void reported(OrcaLoadReport report) {}

  default void reportsEnded(Status status) {}

  /** The server asked to go elsewhere. */
  default void goingAway() {}
}

package dev.lookaside.lb.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Not connected: a pause after a failure, and then the place in the line of its loop. */
final class Waiting implements Phase {
  private final EndpointStream stream;
  private final Duration pause;
  private final Openings.Turn turn;
  private final Alarm pauseEnds;
  private Openings.@Nullable Ticket place;

  private Waiting(EndpointStream stream, Duration pause, Openings.Turn turn) {
    this.stream = stream;
    this.pause = pause;
    this.turn = turn;
    this.pauseEnds = stream.alarm();
  }

  static Waiting forTheFirstTime(EndpointStream stream) {
    return new Waiting(stream, Duration.ZERO, Openings.Turn.NEW);
  }

  static Waiting afterFailure(EndpointStream stream, Duration pause) {
    return new Waiting(stream, pause, Openings.Turn.AGAIN);
  }

  @Override
  public void enter() {
    if (pause.isZero()) {
      standInLine();
    } else {
      pauseEnds.set(pause, stream.inPhase(this, this::standInLine));
    }
  }

  private void standInLine() {
    place =
        stream
            .openings()
            .request(turn, ticket -> stream.inPhase(this, () -> connect(ticket)).run());
  }

  private void connect(Openings.Ticket ticket) {
    place = null; // it is the next phase's now
    stream.become(Connecting.inTurn(stream, ticket));
  }

  @Override
  public void leave() {
    pauseEnds.cancel();
    if (place != null) {
      place.close();
    }
  }
}

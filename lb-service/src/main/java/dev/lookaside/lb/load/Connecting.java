package dev.lookaside.lb.load;

import static java.util.Objects.requireNonNull;

import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection is being made, and the question for reports lies ready. */
final class Connecting implements Phase {
  /** A host that is there answers within a round trip; a machine that is gone never does. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  /** After this the loop only waits, and another connection may begin beside this one. */
  private static final Duration OWN_WORK = Duration.ofMillis(500);

  private final EndpointStream stream;
  private final Duration limit;
  private final Openings.@Nullable Ticket ticket;
  private final Alarm tooLong;
  private final Alarm ownWorkDone;
  private @Nullable Connection connection;

  private Connecting(EndpointStream stream, Duration limit, Openings.@Nullable Ticket ticket) {
    this.stream = stream;
    this.limit = limit;
    this.ticket = ticket;
    this.tooLong = stream.alarm();
    this.ownWorkDone = stream.alarm();
  }

  static Connecting inTurn(EndpointStream stream, Openings.Ticket ticket) {
    return new Connecting(stream, LIMIT, ticket);
  }

  /** For a connection that was asked to end, and whose endpoint counts as ready meanwhile. */
  static Connecting instead(EndpointStream stream) {
    return new Connecting(stream, stream.timing().silence(), null);
  }

  @Override
  public void enter() {
    tooLong.judge(limit, stream.inPhase(this, () -> stream.broken("does not connect")));
    if (ticket != null) {
      ownWorkDone.set(OWN_WORK, ticket::close);
    }
    connection = stream.newConnection();
    connection.open();
  }

  @Override
  public void connected() {
    stream.become(new Asking(stream, handOver()));
  }

  @Override
  public void reported(OrcaLoadReport report) {
    stream.become(new Following(stream, handOver())).reported(report);
  }

  @Override
  public void reportsEnded(Status status) {
    if (connection != null && connection.isReady()) {
      stream.become(new Asking(stream, handOver())).reportsEnded(status);
    } else {
      stream.broken(Reasons.of(status));
    }
  }

  @Override
  public void leave() {
    tooLong.cancel();
    ownWorkDone.cancel();
    if (connection != null) {
      connection.close();
    }
    if (ticket != null) {
      ticket.close();
    }
  }

  private Connection handOver() {
    Connection made = requireNonNull(connection);
    connection = null;
    return made;
  }
}

package dev.lookaside.lb.load;

import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.Status;
import java.time.Duration;

/** Connected, and not answered yet. The time for it begins with the connection. */
final class Asking implements Phase {
  /** A process that has just started, or has just been woken, may take long the first time. */
  private static final Duration FIRST_ANSWER = Duration.ofSeconds(3);

  private final EndpointStream stream;
  private final Connection connection;
  private final Alarm silent;
  private boolean handedOver;

  Asking(EndpointStream stream, Connection connection) {
    this.stream = stream;
    this.connection = connection;
    this.silent = stream.alarm();
  }

  @Override
  public void enter() {
    silent.judge(FIRST_ANSWER, stream.inPhase(this, () -> stream.broken("silent")));
  }

  @Override
  public void reported(OrcaLoadReport report) {
    follow().reported(report);
  }

  @Override
  public void reportsEnded(Status status) {
    if (connection.isReady()) {
      follow().reportsEnded(status);
    } else {
      stream.broken(Reasons.of(status));
    }
  }

  @Override
  public void goingAway() {
    stream.broken("went away before it answered");
  }

  @Override
  public void leave() {
    silent.cancel();
    if (!handedOver) {
      connection.close();
    }
  }

  private Phase follow() {
    handedOver = true;
    return stream.become(new Following(stream, connection));
  }
}

package dev.lookaside.lb.load;

import static dev.lookaside.core.balancer.Connectivity.READY;
import static dev.lookaside.core.balancer.Connectivity.TRANSIENT_FAILURE;

import dev.lookaside.orca.v3.OrcaLoadReport;
import io.grpc.Status;
import java.time.Duration;

/**
 * The endpoint has answered. From now on its connection and its health decide whether it is ready,
 * and its reports say only what its load is.
 *
 * <p>Whoever is not heard of for half of the patience with it is asked for its health on the same
 * connection; any answer shows that it lives. The patience is {@code lb.load.silence} with an
 * endpoint that has reported at least twice as often, and longer with others: some report seldom,
 * some not at all.
 */
final class Following implements Phase {
  /** What broke again within this time was no success, and the next pause is longer. */
  private static final Duration STEADY = Duration.ofSeconds(10);

  /** The patience with an endpoint that does not report quickly. */
  private static final Duration UNHURRIED = Duration.ofSeconds(4);

  /** A server that sends its clients elsewhere more often than this is not followed at once. */
  private static final Duration STAY = Duration.ofSeconds(1);

  private final EndpointStream stream;
  private final Connection connection;
  private final Rhythm rhythm;
  private final Alarm look;
  private final Alarm askAgain;
  private final long enteredNanos;
  private long askedNanos;
  private long heardNanos;
  private ReportRate rate;
  private HealthAnswer health = HealthAnswer.SERVING;

  Following(EndpointStream stream, Connection connection) {
    this.stream = stream;
    this.connection = connection;
    this.rhythm = new Rhythm(stream.timing().silence().dividedBy(2));
    this.look = stream.alarm();
    this.askAgain = stream.alarm();
    this.enteredNanos = stream.nanos();
    this.rate = new ReportRate(stream.timing().interval(), enteredNanos);
    this.askedNanos = enteredNanos;
    this.heardNanos = enteredNanos;
  }

  @Override
  public void enter() {
    keepLooking();
  }

  @Override
  public void reported(OrcaLoadReport report) {
    if (rate.isExceededBy(stream.nanos())) {
      cut();
      return;
    }
    boolean wasQuick = rhythm.isQuick();
    heardNanos = stream.nanos();
    rhythm.reported(heardNanos);
    stream.take(report);
    if (rhythm.isQuick()) {
      health = HealthAnswer.SERVING;
    }
    if (health == HealthAnswer.SERVING) {
      stream.tell(READY, "reports its load");
    }
    if (rhythm.isQuick() != wasQuick) {
      keepLooking();
    }
  }

  @Override
  public void reportsEnded(Status status) {
    if (!connection.isReady()) {
      if (Reasons.isOrderly(status)) {
        goingAway();
      } else {
        stream.broken(Reasons.of(status));
      }
      return;
    }
    rhythm.forget();
    checkHealth();
    if (status.getCode() != Status.Code.UNIMPLEMENTED) {
      noteSteadiness(askedNanos);
      askAgain.set(stream.nextPause(), stream.inPhase(this, this::askForReports));
    }
  }

  /** Lives, and is not followed for a while. */
  private void cut() {
    connection.endReports();
    stream.reject("it reports more than four times as often as it was asked to");
    rhythm.forget();
    checkHealth();
    askAgain.set(stream.nextPause(), stream.inPhase(this, this::askForReports));
  }

  private void askForReports() {
    rate = new ReportRate(stream.timing().interval(), stream.nanos());
    askedNanos = stream.nanos();
    connection.askForReports();
  }

  @Override
  public void goingAway() {
    if (stream.nanos() - enteredNanos >= STAY.toNanos()) {
      stream.become(Connecting.instead(stream));
    } else {
      stream.broken("went away soon after it answered");
    }
  }

  private void keepLooking() {
    Duration unheard = Duration.ofNanos(stream.nanos() - heardNanos);
    Duration half = patience().dividedBy(2);
    Duration rest = (unheard.compareTo(half) < 0 ? half : patience()).minus(unheard);
    look.judge(rest.isNegative() ? Duration.ZERO : rest, stream.inPhase(this, this::look));
  }

  private void look() {
    Duration unheard = Duration.ofNanos(stream.nanos() - heardNanos);
    if (unheard.compareTo(patience()) >= 0) {
      stream.broken("silent");
      return;
    }
    if (unheard.compareTo(patience().dividedBy(2)) >= 0) {
      checkHealth();
    }
    keepLooking();
  }

  private void checkHealth() {
    connection.check(answer -> stream.inPhase(this, () -> checked(answer)).run());
  }

  private void checked(HealthAnswer answer) {
    if (answer == HealthAnswer.NONE) {
      return; // somebody may answer the next one, or report
    }
    heardNanos = stream.nanos();
    rhythm.forget();
    health = answer;
    stream.tell(
        answer == HealthAnswer.SERVING ? READY : TRANSIENT_FAILURE,
        answer == HealthAnswer.SERVING ? "answers" : "says that it does not serve");
    keepLooking();
  }

  private Duration patience() {
    Duration silence = stream.timing().silence();
    return rhythm.isQuick() || silence.compareTo(UNHURRIED) > 0 ? silence : UNHURRIED;
  }

  private void noteSteadiness(long sinceNanos) {
    if (stream.nanos() - sinceNanos >= STEADY.toNanos()) {
      stream.steady();
    }
  }

  @Override
  public void leave() {
    noteSteadiness(enteredNanos);
    look.cancel();
    askAgain.cancel();
    connection.close();
  }
}

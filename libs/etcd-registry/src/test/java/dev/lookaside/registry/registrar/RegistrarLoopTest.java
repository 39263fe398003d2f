package dev.lookaside.registry.registrar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.store.EtcdFailure.Kind;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.testing.Workers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The registrar's loop over an etcd in memory, with time in the test's hand. */
class RegistrarLoopTest {
  private static final String KEY = "lookaside/worker/w1";

  private final ManualTicker ticker = new ManualTicker();
  private final FakeLeaseStore store = new FakeLeaseStore(ticker);
  private final Recorder recorder = new Recorder();
  private final DrainRequest drain = new DrainRequest();
  private final RegistrarLoop loop = loop("mine", 1, recorder, drain);

  @Test
  void registersWithItsFirstTurnAndRenewsEveryThirdOfTheTtl() throws Exception {
    loop.take();
    assertThat(value()).contains("\"incarnation\":\"mine\"");

    run(loop, Duration.ofMinutes(1));

    assertThat(loop.status().renewals()).isBetween(17L, 18L);
    assertThat(loop.status().registrations()).isEqualTo(1);
    assertThat(recorder.count("lost")).isZero();
  }

  @Test
  void triesARenewalAgainEveryFifthOfASecondAndSavesTheLease() throws Exception {
    loop.take();
    run(loop, Duration.ofSeconds(3));
    store.fail(Kind.UNREACHABLE);
    int before = store.calls();
    run(loop, Duration.ofSeconds(6));
    assertThat(store.calls() - before).isBetween(25, 32);
    store.recover();
    run(loop, Duration.ofSeconds(1));

    assertThat(store.peek(KEY)).isPresent();
    assertThat(recorder.count("lost")).isZero();
    assertThat(loop.status().detail()).isEmpty();
  }

  @Test
  void registersAgainAtOnceWhenItWasFrozenForLongerThanTheTtl() throws Exception {
    loop.take();
    ticker.advance(Duration.ofSeconds(25));
    assertThat(store.peek(KEY)).isEmpty();

    loop.take();
    loop.take();

    assertThat(store.peek(KEY)).isPresent();
    assertThat(recorder.heard()).contains("lost: the lease is gone");
    assertThat(store.liveLeases()).isEqualTo(1);
  }

  @Test
  void saysThatItIsLostWhenNothingWasConfirmedForATtlAndBacksOff() throws Exception {
    loop.take();
    store.fail(Kind.UNREACHABLE);
    run(loop, Duration.ofSeconds(14));
    assertThat(loop.status().phase()).isEqualTo(Phase.REGISTERING);
    assertThat(recorder.count("lost: not renewed for longer than its TTL")).isEqualTo(1);

    int before = store.calls();
    run(loop, Duration.ofMinutes(1));

    assertThat(store.calls() - before).as("tries in a minute of outage").isLessThan(65);
  }

  @Test
  void aPutWhoseAnswerWasLostIsRecognisedAsItsOwn() throws Exception {
    store.loseAnswersOfPuts(true);
    loop.take();
    assertThat(loop.status().phase()).isEqualTo(Phase.REGISTERING);
    store.loseAnswersOfPuts(false);

    run(loop, Duration.ofSeconds(1));

    assertThat(loop.status().phase()).isEqualTo(Phase.REGISTERED);
    run(loop, Duration.ofSeconds(30));
    assertThat(store.peek(KEY)).isPresent();
    assertThat(store.liveLeases()).as("the lease of the lost put has ended").isEqualTo(1);
  }

  @Test
  void itsOwnLostPutIsNoUsurper() throws Exception {
    loop.take();
    ticker.advance(Duration.ofSeconds(25));
    store.loseAnswersOfPuts(true);
    loop.take();
    loop.take();
    store.loseAnswersOfPuts(false);
    run(loop, Duration.ofSeconds(1));

    assertThat(loop.status().phase()).isEqualTo(Phase.REGISTERED);
    assertThat(recorder.count("conflict")).isZero();
  }

  @Test
  void aSecondWorkerWithTheIdStopsAndTheFirstStays() throws Exception {
    loop.take();
    Recorder second = new Recorder();
    RegistrarLoop late = loop("theirs", 2, second, new DrainRequest());

    runBoth(loop, late, Duration.ofSeconds(12));

    assertThat(late.status().phase()).isEqualTo(Phase.CONFLICT);
    assertThat(second.count("conflict: ALREADY_EXISTS: id 'w1'")).isEqualTo(1);
    assertThat(loop.status().phase()).isEqualTo(Phase.REGISTERED);
    assertThat(value()).contains("mine");
  }

  @Test
  void ofTwoThatClaimOneAddressTheOlderStops() throws Exception {
    loop.take();
    Recorder second = new Recorder();
    RegistrarLoop late = loop("theirs", 1, second, new DrainRequest());

    runBoth(loop, late, Duration.ofSeconds(25));

    assertThat(loop.status().phase()).isEqualTo(Phase.CONFLICT);
    assertThat(late.status().phase()).isEqualTo(Phase.REGISTERED);
    assertThat(value()).contains("theirs");
    assertThat(late.status().registrations()).as("no fight").isEqualTo(1);
  }

  @Test
  void waitsForADeadHolderToExpireEvenOverAChangeOfLeader() throws Exception {
    RegistrarLoop dead = loop("theirs", 2, new Recorder(), new DrainRequest());
    dead.take();
    ticker.advance(Duration.ofSeconds(5));
    run(loop, Duration.ofSeconds(3));
    store.newLeader();

    run(loop, Duration.ofSeconds(12));

    assertThat(recorder.count("conflict")).isZero();
    assertThat(value()).contains("mine");
  }

  @Test
  void drainsWhileItGoesOnRenewing() throws Exception {
    loop.take();
    drain.request();
    loop.take();

    assertThat(value()).contains("\"state\":\"DRAINING\"");
    assertThat(drain.granted()).isCompleted();
    run(loop, Duration.ofSeconds(30));
    assertThat(value()).contains("\"state\":\"DRAINING\"");
    assertThat(loop.status().phase()).isEqualTo(Phase.DRAINING);
  }

  @Test
  void doesNotRegisterAnyMoreOnceItWasAskedToDrain() throws Exception {
    store.fail(Kind.UNREACHABLE);
    loop.take();
    drain.request();
    store.recover();
    run(loop, Duration.ofSeconds(5));

    assertThat(drain.granted()).isCompleted();
    assertThat(store.peek(KEY)).isEmpty();
  }

  @Test
  void revokesAtTheEnd() throws Exception {
    loop.take();
    loop.finish();

    assertThat(store.peek(KEY)).isEmpty();
    assertThat(store.liveLeases()).isZero();
    assertThat(store.closed()).isTrue();
    assertThat(loop.status().phase()).isEqualTo(Phase.CLOSED);
  }

  @Test
  void tellsOfADenialAndKeepsTryingSlowly() throws Exception {
    store.fail(Kind.DENIED);
    run(loop, Duration.ofMinutes(1));

    assertThat(recorder.count("denied: scripted")).isBetween(30L, 65L);
    assertThat(loop.status().detail()).isEqualTo("scripted");
  }

  private RegistrarLoop loop(
      String incarnation, int port, RegistrarListener listener, DrainRequest drainRequest) {
    return new RegistrarLoop(
        store,
        RegistrarSettings.defaults(),
        new Claim("lookaside", Workers.worker("w1", port, incarnation)),
        listener,
        drainRequest,
        ticker,
        new Random(1));
  }

  private String value() {
    return store.peek(KEY).orElseThrow().value().toString(UTF_8);
  }

  /** Takes turns as its thread would, resting on the test's clock. */
  private void run(RegistrarLoop one, Duration duration) throws InterruptedException {
    runBoth(one, one, duration);
  }

  private void runBoth(RegistrarLoop one, RegistrarLoop other, Duration duration)
      throws InterruptedException {
    long end = ticker.nanos() + duration.toNanos();
    long oneAt = ticker.nanos();
    long otherAt = ticker.nanos();
    while (ticker.nanos() < end) {
      if (ticker.nanos() >= oneAt) {
        oneAt = ticker.nanos() + one.take().toNanos();
      }
      if (!one.equals(other) && ticker.nanos() >= otherAt) {
        otherAt = ticker.nanos() + other.take().toNanos();
      }
      ticker.advance(Duration.ofMillis(10));
    }
  }
}

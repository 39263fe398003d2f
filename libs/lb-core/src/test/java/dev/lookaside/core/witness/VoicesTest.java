package dev.lookaside.core.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What clients say of one endpoint; five errors in a row, seen by three clients, convict it. */
final class VoicesTest {
  private static final Words BILLION_ERRORS = new Words(0, 1_000_000_000, 0);
  private static final double MILLI = 1e6;

  private final Presence presence = new Presence();
  private final Voices voices = new Voices(presence, Duration.ofSeconds(10), 0);
  private final Reporter liar = new Reporter("10.6.6.6");
  private long now;

  @Test
  void aBillionErrorsOfOneClientAmongOthersConvictNobody() {
    clients(10).forEach(this::succeeds);
    say(liar, BILLION_ERRORS);
    assertThat(isConvicted()).isFalse();
    assertThat(voices.errorShare()).isZero();
  }

  @Test
  void threeClientsConvictTogether() {
    List<Reporter> clients = clients(10);
    clients.forEach(this::succeeds);
    clients.stream().limit(2).forEach(client -> fails(client, 10));
    assertThat(isConvicted()).isFalse();
    fails(clients.get(2), 1);
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void ofManyClientsMoreMustAgree() {
    List<Reporter> clients = clients(30);
    clients.forEach(this::succeeds);
    clients.stream().limit(4).forEach(client -> fails(client, 10));
    assertThat(isConvicted()).isFalse();
    fails(clients.get(4), 1);
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void whoIsTheOnlyOneThereIsBelieved() {
    fails(liar, 4);
    assertThat(isConvicted()).isFalse();
    fails(liar, 1);
    assertThat(isConvicted()).isTrue();
    assertThat(voices.errorShare()).isEqualTo(1);
  }

  @Test
  void ofTwoBothMustAgree() {
    List<Reporter> two = clients(2);
    two.forEach(this::succeeds);
    fails(two.get(0), 100);
    assertThat(isConvicted()).isFalse();
    fails(two.get(1), 2);
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void whoSpokeOfAnotherEndpointOnlyCouldContradictToo() {
    Voices another = new Voices(presence, Duration.ofSeconds(10), 0);
    another.hear(new Reporter("10.0.0.1"), Words.SUCCEEDED, now);
    fails(liar, 100);
    assertThat(isConvicted()).isFalse();
    assertThat(voices.errorShare()).isZero();
  }

  @Test
  void whoHasLeftIsNotAskedButHeard() {
    List<Reporter> clients = clients(5);
    for (Reporter client : clients) {
      fails(client, 1);
      client.leave();
    }
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void aClientThatLeftWithoutAComplaintHindersNobody() {
    Reporter before = new Reporter("10.0.0.1");
    succeeds(before);
    before.leave();
    fails(liar, 5);
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void whatOneClientPraisesNeverIsConvictedAllTheSame() {
    List<Reporter> clients = clients(20);
    clients.forEach(this::succeeds);
    for (Reporter client : clients.subList(0, 5)) {
      say(liar, new Words(1_000_000, 0, 0));
      fails(client, 1);
      say(liar, new Words(1_000_000, 0, 0));
    }
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void aThousandConnectionsOfOneProcessAreOneClient() {
    clients(10).forEach(this::succeeds);
    for (int i = 0; i < 1_000; i++) {
      fails(new Reporter(liar.origin()), 10);
    }
    assertThat(isConvicted()).isFalse();
    assertThat(voices.errorShare()).isZero();
    // The others are still heard.
    assertThat(presence.at(now).origins()).isEqualTo(11);
  }

  @Test
  void connectionsAreClientsWhereAllComeFromOneMachine() {
    List<Reporter> local =
        IntStream.range(0, 100).mapToObj(i -> new Reporter("127.0.0.1")).toList();
    local.forEach(this::succeeds);
    fails(local.get(0), 1_000);
    assertThat(isConvicted()).isFalse();
    assertThat(voices.errorShare()).isZero();
    local.subList(90, 95).forEach(client -> fails(client, 1));
    assertThat(isConvicted()).isTrue();
  }

  @Test
  void theShareIsWhatTheOthersSeeToo() {
    for (Reporter client : clients(10)) {
      say(client, new Words(80, 20, 0));
    }
    assertThat(voices.errorShare()).isCloseTo(0.2, within(1e-9));
    say(liar, BILLION_ERRORS);
    assertThat(voices.errorShare()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void whatALiarSaysNowAndThenDoesNotAddUp() {
    List<Reporter> many = clients(100);
    for (int round = 0; round < 100; round++) {
      many.forEach(this::succeeds);
      say(liar, BILLION_ERRORS);
    }
    assertThat(voices.errorShare()).isLessThan(0.001);
  }

  @Test
  void noClientIsBelievedMuchMoreThanTheOthersSay() {
    for (Reporter client : clients(20)) {
      say(client, new Words(0, 100, 0));
    }
    assertThat(say(liar, new Words(1_000_000, 0, 0))).isCloseTo(200e-6, within(1e-9));
    assertThat(voices.errorShare()).isGreaterThan(0.9);
  }

  @Test
  void aLatencyIsBelievedIfAnotherClientHasSeenTheLike() {
    List<Reporter> clients = clients(3);
    clients.forEach(this::succeeds);
    clients.forEach(client -> voices.credibleNanos(client, 10 * MILLI));
    double hour = Duration.ofHours(1).toNanos();
    succeeds(liar);
    assertThat(voices.credibleNanos(liar, hour)).isEqualTo(20 * MILLI);
    assertThat(voices.credibleNanos(liar, 15 * MILLI)).isEqualTo(15 * MILLI);
    // The first who sees it is not believed, the second is.
    assertThat(voices.credibleNanos(clients.get(0), hour)).isEqualTo(hour);
  }

  @Test
  void whoHasLeftIsNoMeasureForWhoStays() {
    Reporter before = new Reporter("10.0.0.1");
    say(before, new Words(1_000, 0, 0));
    voices.credibleNanos(before, 10 * MILLI);
    assertThat(say(liar, new Words(2_000, 0, 0))).isEqualTo(1);
    assertThat(say(liar, Words.SUCCEEDED)).isZero();
    before.leave();
    assertThat(say(liar, Words.SUCCEEDED)).isEqualTo(1);
    assertThat(voices.credibleNanos(liar, 100 * MILLI)).isEqualTo(100 * MILLI);
  }

  @Test
  void whoIsSilentForADecayIsNoMeasureForWhoSpeaks() {
    Reporter before = new Reporter("10.0.0.1");
    say(before, new Words(1_000, 0, 0));
    voices.credibleNanos(before, 10 * MILLI);
    say(liar, new Words(2_000, 0, 0));
    assertThat(say(liar, Words.SUCCEEDED)).isZero();
    now += Duration.ofSeconds(10).toNanos();
    assertThat(say(liar, Words.SUCCEEDED)).isEqualTo(1);
    assertThat(voices.credibleNanos(liar, 100 * MILLI)).isEqualTo(100 * MILLI);
  }

  @Test
  void whatWasSaidFades() {
    clients(3).forEach(client -> fails(client, 10));
    assertThat(voices.calls(now)).isEqualTo(30);
    now += Duration.ofSeconds(10).toNanos();
    assertThat(voices.calls(now)).isCloseTo(30 / Math.E, within(1e-6));
  }

  @Test
  void aCleanSheetHasNoComplaints() {
    clients(3).forEach(client -> fails(client, 10));
    voices.forget();
    assertThat(isConvicted()).isFalse();
    assertThat(voices.errorShare()).isZero();
  }

  @Test
  void presenceEndsAfterAMinuteOfSilence() {
    presence.heard(liar, now);
    now += Presence.REMEMBERED.toNanos() + 1;
    assertThat(presence.at(now).clients()).isZero();
  }

  private boolean isConvicted() {
    return voices.agreeOnErrors(5, 3);
  }

  private void succeeds(Reporter client) {
    say(client, Words.SUCCEEDED);
  }

  private void fails(Reporter client, int times) {
    for (int i = 0; i < times; i++) {
      say(client, Words.FAILED);
    }
  }

  private double say(Reporter client, Words words) {
    now++;
    return voices.hear(client, words, now);
  }

  private static List<Reporter> clients(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Reporter("10.0.0." + i)).toList();
  }
}

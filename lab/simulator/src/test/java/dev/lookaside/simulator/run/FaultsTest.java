package dev.lookaside.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Two idle servers take turns, one of them in trouble; seed 1. */
class FaultsTest {
  private static final String TWO =
      """
      servers: [{name: sick, count: 1, cores: 100}, {name: sound, count: 1, cores: 100}]
      arrivals: {rate: 100, spacing: paced}
      service-time: {kind: constant, value: 10ms}
      duration: 20s
      """;

  @Test
  void aCrashedServerIsLeftOutOnceDetected() {
    Measurements run =
        run(
            """
            balancers: {detection: 1s}
            events: [{kind: crash, servers: sick, at: 5s, until: 10s}]
            """);

    // Half of a second's 100 requests, and the one that was on it.
    assertThat(run.failed()).isBetween(49L, 52L);
    assertThat(run.timedOut()).isZero();
  }

  @Test
  void aRetryGoesToAnotherServer() {
    Measurements run =
        run(
            """
            balancers: {detection: 1s}
            client: {retries: 1}
            events: [{kind: crash, servers: sick, at: 5s, until: 10s}]
            """);

    assertThat(run.failed()).isZero();
    // The retry takes a turn of the rotation, so in that second every request meets the dead one.
    assertThat(run.attempts() - run.completed()).isBetween(98L, 102L);
  }

  @Test
  void aHangingServerAnswersNothingUntilItEnds() {
    Measurements run =
        run(
            """
            client: {timeout: 1s}
            events: [{kind: hang, servers: sick, at: 5s, until: 10s}]
            """);

    // Half of 500, but those of the last second are answered in time.
    assertThat(run.timedOut()).isBetween(198L, 202L);
  }

  @Test
  void aShareOfErrorsIsAShareOfTheRequestsThere() {
    Measurements run =
        run("events: [{kind: errors, servers: sick, at: 0s, share: 0.5, work: 1ms}]\n");

    assertThat(run.failed()).isCloseTo(500, within(50L));
  }

  @Test
  void aSlowServerIsSlowerByItsFactorWhileItLasts() {
    Measurements run =
        run("events: [{kind: slow, servers: sick, at: 0s, until: 10s, speed: 0.1}]\n");

    assertThat(run.meanMillis()).isCloseTo((3 * 10 + 100) / 4.0, within(1.0));
    assertThat(run.percentileMillis(99)).isCloseTo(100, within(1.0));
  }

  @Test
  void aServerThatComesLaterTakesItsShareFromThenOn() {
    String late =
        TWO.replace("name: sound", "name: late")
            + "events: [{kind: join, servers: late, at: 10s}]\n";
    Measurements run = Scenarios.run(late, "rr", 1);

    assertThat(run.failed()).isZero();
    assertThat(run.utilization().of(1) / run.utilization().of(0)).isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void aRollingRestartThatDrainsLosesNothing() {
    Measurements run =
        run(
            """
            events:
              - {kind: rolling-restart, servers: sick, at: 2s, drain: 1s, down: 1s}
              - {kind: rolling-restart, servers: sound, at: 6s, drain: 1s, down: 1s,
                 warming: {time: 2s, speed: 0.5}}
            """);

    assertThat(run.failed()).isZero();
    assertThat(run.measured()).isEqualTo(1_999);
    assertThat(run.percentileMillis(99.9)).isBetween(15.0, 21.0);
  }

  @Test
  void aServerThatLeavesFinishesWhatItHas() {
    Measurements run = run("events: [{kind: leave, servers: sick, at: 10s}]\n");

    assertThat(run.failed()).isZero();
    assertThat(run.utilization().of(0) / run.utilization().of(1)).isCloseTo(1 / 3.0, within(0.01));
  }

  private static Measurements run(String more) {
    return Scenarios.run(TWO + more, "rr", 1);
  }
}

package dev.lookaside.lb.pick;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.proof.PickTokens;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PickSeriesTest {
  private static final Endpoint W1 = endpoint("w1");
  private static final Endpoint W2 = endpoint("w2");
  private static final Endpoint W3 = endpoint("w3");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EndpointLabels labels = new EndpointLabels(2);
  private final Answers answers =
      new Answers(new PickTokens(new Random(1), new ManualTicker()), meters, labels);

  @BeforeEach
  void rankByPicks() {
    labels.rankBy(answers::picks);
  }

  @Test
  void noPickIsLostWhenAnEndpointGetsOrLosesASeriesOfItsOwn() {
    update(W1, W2, W3);
    pick(W1, 100);
    pick(W2, 10);
    pick(W3, 1_000);
    assertThat(series("w1")).isEqualTo(100);
    assertThat(series("other")).isEqualTo(1_000);

    labels.rank();
    assertThat(has("w2")).isFalse();
    assertThat(series("other")).isEqualTo(1_000);
    assertThat(series("w3")).isZero();

    pick(W3, 5);
    pick(W2, 7);
    assertThat(series("w3")).isEqualTo(5);
    assertThat(series("other")).isEqualTo(1_007);
    assertThat(answers.picks(W3)).isEqualTo(1_005);
  }

  @Test
  void theOthersNeverCountLessThanBeforeThoughOneOfThemGoes() {
    update(W1, W2, W3);
    pick(W1, 1);
    pick(W2, 1);
    pick(W3, 50);

    update(W1, W2);

    assertThat(series("other")).isEqualTo(50);
    assertThat(has("w3")).isFalse();
  }

  @Test
  void anotherRegistrationGoesOnCounting() {
    update(W1);
    pick(W1, 3);
    Endpoint again = W1.withIncarnation("next");
    update(again);

    pick(again, 2);

    assertThat(series("w1")).isEqualTo(5);
    assertThat(answers.picks(again)).isEqualTo(5);
  }

  private void update(Endpoint... endpoints) {
    EndpointTable table = EndpointTable.of("worker", 1, List.of(endpoints));
    labels.update(table);
    answers.retain(table);
  }

  private void pick(Endpoint endpoint, int times) {
    Answer answer = answers.of(endpoint, "rr");
    Stream.generate(answer::picks).limit(times).forEach(picks -> picks.increment());
  }

  private boolean has(String label) {
    return meters.find("lookaside.picks").tag("endpoint", label).meter() != null;
  }

  private double series(String label) {
    Meter meter = meters.get("lookaside.picks").tag("endpoint", label).meter();
    return meter.measure().iterator().next().getValue();
  }

  private static Endpoint endpoint(String id) {
    return Endpoint.of("worker", id, new Address("h", 1));
  }
}

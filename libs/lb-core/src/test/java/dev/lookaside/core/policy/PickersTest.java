package dev.lookaside.core.policy;

import static dev.lookaside.core.policy.Endpoints.table;
import static dev.lookaside.core.policy.Fleet.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadReport;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy owes its callers. */
final class PickersTest {
  private final LoadTracker loads = new LoadTracker(Duration.ofSeconds(1));

  @ParameterizedTest
  @MethodSource("names")
  void hasTheNameItWasAskedForBy(String name) {
    assertThat(policy(name).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void answersWithAReasonWhenThereIsNothing(String name) {
    assertThat(pick(name, EndpointTable.empty("worker"), PickArgs.ANY))
        .isEqualTo(new PickResult.Unavailable("service worker has no endpoint"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void picksTheOnlyEndpoint(String name) {
    assertThat(id(pick(name, table("w1"), PickArgs.ANY))).isEqualTo("w1");
  }

  @ParameterizedTest
  @MethodSource("names")
  void neverPicksAnExcludedEndpoint(String name) {
    PickArgs request = new PickArgs(List.of("w1", "w3"));
    Picker picker = policy(name).newPicker(table("w1", "w2", "w3"), loads);
    for (int i = 0; i < 100; i++) {
      assertThat(id(picker.pick(request))).isEqualTo("w2");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void findsTheLastAllowedEndpointOfMany(String name) {
    EndpointTable table = table(200);
    List<String> allButOne = table.endpoints().stream().skip(1).map(e -> e.id()).toList();
    Picker picker = policy(name).newPicker(table, loads);
    for (int i = 0; i < 20; i++) {
      assertThat(id(picker.pick(new PickArgs(allButOne)))).isEqualTo("w00001");
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void saysSoWhenEveryEndpointIsExcluded(String name) {
    assertThat(pick(name, table("w1", "w2"), new PickArgs(List.of("w1", "w2"))))
        .isEqualTo(new PickResult.Unavailable("every endpoint is excluded by the request"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void ranksEveryAllowedEndpointOnce(String name) {
    Picker picker = policy(name).newPicker(table("w1", "w2", "w3"), loads);
    assertThat(picker.rank(new PickArgs(List.of("w2"))))
        .extracting(ranked -> ranked.endpoint().id())
        .containsExactlyInAnyOrder("w1", "w3");
  }

  @ParameterizedTest
  @MethodSource("names")
  void obeysExclusionsWhenLoadsAreKnownAndAKeyIsGiven(String name) {
    EndpointTable table = table("w1", "w2", "w3");
    ManualTicker ticker = new ManualTicker();
    table
        .endpoints()
        .forEach(e -> loads.reported(e, LoadReport.ofRequestsInFlight(0, ticker.nanos())));
    PickArgs request = new PickArgs(List.of("w1", "w3"), Optional.of("key"));
    Picker picker =
        new Policies(ticker, new SplittableRandom(1)).create(name).newPicker(table, loads);
    for (int i = 0; i < 100; i++) {
      assertThat(id(picker.pick(request))).isEqualTo("w2");
    }
  }

  private record Marked(Endpoint endpoint, LiveLoad load) implements PickResult.Picked {}

  @ParameterizedTest
  @MethodSource("names")
  void answersWithTheResultsThatItsCallerMade(String name) {
    Candidates candidates = new Candidates(table("w1", "w2"), loads);
    Picker picker =
        policy(name).newPicker(candidates.yielding(p -> new Marked(p.endpoint(), p.load())));
    assertThat(picker.pick(PickArgs.ANY)).isInstanceOf(Marked.class);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNamesThatAreKnown() {
    assertThatThrownBy(() -> policy("fastest"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "policy is 'fastest' (expected: one of " + String.join(", ", Policies.names()) + ")");
    assertThatThrownBy(() -> Policies.requireKnown("fastest"))
        .hasMessage(
            "policy is 'fastest' (expected: one of " + String.join(", ", Policies.names()) + ")");
  }

  static List<String> names() {
    return Policies.names();
  }

  private PickResult pick(String name, EndpointTable table, PickArgs request) {
    return policy(name).newPicker(table, loads).pick(request);
  }

  private static Policy policy(String name) {
    return new Policies(new ManualTicker(), new SplittableRandom(1)).create(name);
  }
}

package dev.lookaside.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetTest {
  private static final List<Endpoint> ALL =
      IntStream.range(0, 1_000).mapToObj(i -> endpoint("w" + i)).toList();

  private static Endpoint endpoint(String id) {
    return Endpoint.of("worker", id, new Address(id, 1));
  }

  private static Set<String> ids(List<Endpoint> endpoints) {
    Set<String> ids = new HashSet<>();
    endpoints.forEach(endpoint -> ids.add(endpoint.id()));
    return ids;
  }

  @Test
  void oneThatLeavesIsReplacedByOneOtherAndNothingElseMoves() {
    Subset subset = new Subset("me", 10);
    Set<String> before = ids(subset.of(ALL));
    String leaving = before.iterator().next();

    Set<String> after = ids(subset.of(ALL.stream().filter(e -> !e.id().equals(leaving)).toList()));

    assertThat(before).hasSize(10);
    assertThat(after).hasSize(10).doesNotContain(leaving);
    before.remove(leaving);
    assertThat(after).containsAll(before);
  }

  @Test
  void overManyClientsEachEndpointGetsAboutTheSameNumber() {
    Map<String, Integer> clients = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      ids(new Subset("client-" + i, 100).of(ALL)).forEach(id -> clients.merge(id, 1, Integer::sum));
    }

    // 100 each on average, with a standard deviation of 9.5: six of them.
    assertThat(clients).hasSize(1_000);
    assertThat(clients.values()).allMatch(count -> count > 43 && count < 157);
  }

  @Test
  void thoseThatTakeNoCallsDoNotCount() {
    List<Endpoint> some =
        List.of(endpoint("a"), endpoint("b"), endpoint("c").withState(EndpointState.DRAINING));

    assertThat(ids(new Subset("me", 1).of(some))).hasSize(2).contains("c");
  }

  @Test
  void theChoiceIsTheOneThatTheProtocolDescribes() {
    // Worked out by another program, from the comment in the proto file.
    assertThat(Subset.hash(endpoint("w1"))).isEqualTo(0x57091b151a24ecfaL);
    assertThat(new Subset("me", 3).choose(ALL, Endpoint::id, Subset::hash))
        .extracting(Endpoint::id)
        .containsExactly("w808", "w250", "w939");
  }
}

package dev.lookaside.lb.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointLabelsTest {
  private final Map<String, Long> picks = new HashMap<>();
  private final EndpointLabels labels = new EndpointLabels(2);
  private final AtomicInteger changes = new AtomicInteger();

  @BeforeEach
  void rankByPicks() {
    labels.rankBy(endpoint -> picks.getOrDefault(endpoint.id(), 0L));
    labels.listen(changes::incrementAndGet);
  }

  @Test
  void upToTheLimitAllHaveTheirOwn() {
    update("a", "w1");
    update("b", "w2");

    assertThat(named("a", "w1")).isTrue();
    assertThat(named("b", "w2")).isTrue();
    assertThat(changes).hasValue(0);
  }

  @Test
  void aboveItThoseThatWerePickedMostSinceTheLastTime() {
    update("a", "w1", "w2", "w3");
    picks.putAll(Map.of("w1", 900L, "w2", 900L, "w3", 900L));
    labels.rank();

    picks.putAll(Map.of("w1", 901L, "w2", 950L, "w3", 990L));
    labels.rank();

    assertThat(named("a", "w1")).isFalse();
    assertThat(named("a", "w2")).isTrue();
    assertThat(named("a", "w3")).isTrue();
  }

  @Test
  void theLimitIsForAllServicesTogether() {
    update("a", "w1", "w2");
    update("b", "w3", "w4");

    assertThat(
            Stream.of(named("a", "w1"), named("a", "w2"), named("b", "w3"), named("b", "w4"))
                .filter(named -> named))
        .hasSize(2);
  }

  @Test
  void ofEqualsThoseStayThatHaveTheirOwn() {
    update("a", "w1", "w2", "w3");
    picks.put("w3", 5L);
    labels.rank();
    int before = changes.get();

    labels.rank();
    labels.rank();

    assertThat(named("a", "w3")).isTrue();
    assertThat(changes).hasValue(before);
  }

  @Test
  void whenTheyAreFewAgainAllHaveTheirOwnAtOnce() {
    update("a", "w1", "w2", "w3");

    update("a", "w1", "w3");

    assertThat(named("a", "w1")).isTrue();
    assertThat(named("a", "w3")).isTrue();
  }

  @Test
  void servicesThatAreForgottenDoNotCount() {
    update("a", "w1", "w2");
    labels.forget(Set.of("a"));

    update("b", "w3", "w4");

    assertThat(changes).hasValue(0);
  }

  @Test
  void anEndpointThatIsCalledLikeTheRestIsOneOfTheRest() {
    update("a", "other", "none");

    assertThat(named("a", "other")).isFalse();
    assertThat(named("a", "none")).isFalse();
  }

  private void update(String service, String... ids) {
    List<Endpoint> endpoints = Stream.of(ids).map(id -> endpoint(service, id)).toList();
    labels.update(EndpointTable.of(service, 1, endpoints));
  }

  private boolean named(String service, String id) {
    return labels.isNamed(endpoint(service, id));
  }

  private static Endpoint endpoint(String service, String id) {
    return Endpoint.of(service, id, new Address("h", 1));
  }
}

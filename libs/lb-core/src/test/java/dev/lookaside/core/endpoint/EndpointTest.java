package dev.lookaside.core.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointTest {
  private static final Address ADDRESS = new Address("localhost", 50052);

  @ParameterizedTest
  @ValueSource(doubles = {-1, 1e-15, 1e9, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesAWeightThatIsNoShare(double weight) {
    assertThatThrownBy(() -> endpoint(weight, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("weight of endpoint w1 is .* \\(expected: 0, or 0.001 to 1000000.0\\)");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-320, 1e308, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesACapacityOfNothing(double capacity) {
    assertThatThrownBy(() -> endpoint(1, capacity))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("capacity of endpoint w1 is ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "a/b",
        "a b",
        "a\nb",
        "a\u007fb",
        "a\u202eb",
        "a\u0085b",
        "a\u2028b",
        "a\u00a0b",
        "a\ufffdb",
        "a\ud800b"
      })
  void refusesANameThatIsNoPathSegment(String name) {
    assertThatThrownBy(() -> Endpoint.of("worker", name, ADDRESS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("id is '")
        .hasMessageNotContaining("\n");
  }

  @Test
  void takesNamesOfUpTo128Characters() {
    assertThat(Endpoint.of("worker", "x".repeat(128), ADDRESS).id()).hasSize(128);
    assertThatThrownBy(() -> Endpoint.of("worker", "x".repeat(129), ADDRESS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotChangeWithTheMapItWasMadeFrom() {
    Map<String, String> attributes = new HashMap<>(Map.of("version", "1"));
    Endpoint endpoint =
        new Endpoint(
            "worker",
            "w1",
            ADDRESS,
            Locality.UNSPECIFIED,
            1,
            1,
            EndpointState.READY,
            "",
            attributes);
    attributes.put("version", "2");
    assertThat(endpoint.attributes()).containsEntry("version", "1");
  }

  private static Endpoint endpoint(double weight, double capacity) {
    return new Endpoint(
        "worker",
        "w1",
        ADDRESS,
        Locality.UNSPECIFIED,
        weight,
        capacity,
        EndpointState.READY,
        "",
        Map.of());
  }
}

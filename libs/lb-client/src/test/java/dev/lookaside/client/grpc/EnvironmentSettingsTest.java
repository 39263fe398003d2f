package dev.lookaside.client.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentSettingsTest {

  @Test
  void hasADefaultForAllButTheBalancers() {
    ClientSettings settings = read(Map.of(), Map.of());
    assertThat(settings.balancers()).isEmpty();
    assertThat(settings.clientId()).isNotBlank();
    assertThat(settings.policy()).isEmpty();
    assertThat(settings.subsetSize()).isEqualTo(100);
    assertThat(settings.loadInterval()).isEmpty();
    assertThat(settings.statsInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.maxAttempts()).isEqualTo(1);
    assertThat(settings.snapshotDirectory()).isEmpty();
  }

  /** A server with gRPC's defaults ends a connection that is pinged more than once in 5 min. */
  @Test
  void pingsNoMoreOftenThanAnyGrpcServerPermits() {
    assertThat(read(Map.of(), Map.of()).keepAliveTime()).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void readsEverySettingByItsName() {
    ClientSettings settings =
        read(
            Map.of(
                "lookaside.lb", "host1:50051, host2:50052",
                "lookaside.client-id", "shop",
                "lookaside.policy", "p2c",
                "lookaside.subset-size", "20",
                "lookaside.zone", "eu/eu-1a",
                "lookaside.load-interval", "200ms",
                "lookaside.stats-interval", "5s",
                "lookaside.max-attempts", "2",
                "lookaside.snapshot-directory", "/var/lib/shop"),
            Map.of());
    assertThat(settings.balancers())
        .containsExactly(new Address("host1", 50051), new Address("host2", 50052));
    assertThat(settings.clientId()).isEqualTo("shop");
    assertThat(settings.policy()).contains("p2c");
    assertThat(settings.subsetSize()).isEqualTo(20);
    assertThat(settings.locality()).isEqualTo(new Locality("eu", "eu-1a", ""));
    assertThat(settings.loadInterval()).contains(Duration.ofMillis(200));
    assertThat(settings.statsInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.maxAttempts()).isEqualTo(2);
    assertThat(settings.snapshotDirectory()).isEqualTo(Optional.of(Path.of("/var/lib/shop")));
  }

  @Test
  void prefersAPropertyToAVariable() {
    Map<String, String> environment =
        Map.of("LOOKASIDE_LB", "variable:1", "LOOKASIDE_SUBSET_SIZE", "7");
    assertThat(read(Map.of(), environment).balancers())
        .isEqualTo(List.of(new Address("variable", 1)));
    ClientSettings both = read(Map.of("lookaside.lb", "property:1"), environment);
    assertThat(both.balancers()).isEqualTo(List.of(new Address("property", 1)));
    assertThat(both.subsetSize()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lb|host|lookaside.lb (or LOOKASIDE_LB) is 'host': address is 'host' (expected: host:port)",
        "policy|best|policy is 'best' (expected: one of",
        "subset-size|0|subset size is 0 (expected: at least 1)",
        "load-interval|1ms|load interval is 1ms (expected: zero, or 50 ms to 1 min)",
        "stats-interval|soon|no duration (expected: such as 100ms, 5s or 1m)",
        "max-attempts|9|max attempts is 9 (expected: 1 to 5)",
      })
  void namesTheSettingThatIsWrongAndWhatIsAllowed(String name, String value, String message) {
    assertThatThrownBy(() -> read(Map.of("lookaside." + name, value), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lookaside." + name)
        .hasMessageContaining(message);
  }

  private static ClientSettings read(
      Map<String, String> properties, Map<String, String> variables) {
    return new EnvironmentSettings(properties::get, variables::get).read();
  }
}

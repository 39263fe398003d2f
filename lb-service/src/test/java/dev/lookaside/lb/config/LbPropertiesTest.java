package dev.lookaside.lb.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Locality;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class LbPropertiesTest {

  @Test
  void hasTheDefaultsOfTheOriginal() {
    LbProperties lb = lb(Map.of());

    assertThat(lb.type()).isEqualTo("rr");
    assertThat(lb.port()).isEqualTo(50051);
    assertThat(lb.bindAddress()).isEqualTo("*");
    assertThat(lb.registry()).isEqualTo(RegistryKind.ETCD);
    assertThat(lb.services()).isEmpty();
    assertThat(lb.embedded().port()).isEqualTo(2379);
    assertThat(lb.decisions().remembered()).isEqualTo(100);
    assertThat(lb.load().interval()).isEqualTo(Duration.ofMillis(100));
    assertThat(lb.load().expiration()).isEqualTo(Duration.ofMillis(300));
    assertThat(lb.load().silence()).isEqualTo(Duration.ofSeconds(1));
    assertThat(lb.trafficOf("worker")).isEqualTo(TrafficSettings.defaults());
  }

  @Test
  void expirationAndSilenceFollowTheInterval() {
    LoadSettings load = lb(Map.of("lb.load.interval", "2s")).load();

    assertThat(load.expiration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(load.silence()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aServiceMaySayWhoDecidesForClientsOfXds() {
    LbProperties lb = lb(Map.of("lb.services.images.xds-mode", "client-adaptive"));

    assertThat(lb.xdsModeOf("images")).isEqualTo(XdsMode.CLIENT_ADAPTIVE);
    assertThat(lb.xdsModeOf("other")).isEqualTo(XdsMode.LB_WEIGHTED);
    assertThat(lb.xds().weightInterval()).isEqualTo(Duration.ofSeconds(2));
    assertThat(lb.xds().attempts()).isEqualTo(1);
  }

  @Test
  void aServiceMayLimitTheOpenCallsOfAClientOfXds() {
    LbProperties lb = lb(Map.of("lb.services.images.xds-max-requests", "50"));

    assertThat(lb.xdsMaxRequestsOf("images")).isEqualTo(50);
    assertThat(lb.xdsMaxRequestsOf("other")).isEqualTo(Integer.MAX_VALUE);
    assertThat(lb.xds().hostTtl()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aServiceMayNameItsOwnPolicy() {
    LbProperties lb = lb(Map.of("lb.type", "ll", "lb.services[a.b].type", "first"));

    assertThat(lb.typeOf("a.b")).isEqualTo("first");
    assertThat(lb.typeOf("other")).isEqualTo("ll");
  }

  @Test
  void trafficIsShapedAsSet() {
    LbProperties lb =
        lb(
            Map.of(
                "lb.slow-start", "0s",
                "lb.services.images.slow-start", "30s",
                "lb.outlier.enabled", "false",
                "lb.zone", "eu/a",
                "lb.zone-spill-above", "0.8",
                "lb.panic-threshold", "0.25"));
    ZonePreference zone = new ZonePreference(new Locality("eu", "a", ""), 0.8);

    assertThat(lb.trafficOf("worker"))
        .isEqualTo(new TrafficSettings(SlowStart.off(), Optional.empty(), Optional.of(zone), 0.25));
    assertThat(lb.trafficOf("images").slowStart())
        .isEqualTo(SlowStart.over(Duration.ofSeconds(30)));
  }

  @Test
  void ejectionIsInTheTermsOfA50() {
    Map<String, String> settings = new HashMap<>();
    settings.put("lb.outlier.interval", "1s");
    settings.put("lb.outlier.base-ejection-time", "2s");
    settings.put("lb.outlier.max-ejection-time", "3s");
    settings.put("lb.outlier.max-ejection-percent", "4");
    settings.put("lb.outlier.consecutive-errors", "5");
    settings.put("lb.outlier.minimum-clients", "6");
    settings.put("lb.outlier.success-rate.stdev-factor", "6");
    settings.put("lb.outlier.success-rate.minimum-hosts", "7");
    settings.put("lb.outlier.success-rate.request-volume", "8");
    settings.put("lb.outlier.failure-percentage.threshold", "9");
    settings.put("lb.outlier.failure-percentage.minimum-hosts", "10");
    settings.put("lb.outlier.failure-percentage.request-volume", "11");

    assertThat(lb(settings).trafficOf("worker").outliers())
        .contains(
            new OutlierSettings(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                4,
                5,
                6,
                new OutlierSettings.SuccessRate(6, 7, 8),
                new OutlierSettings.FailurePercentage(9, 10, 11)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lb.type",
        "lb.port",
        "lb.bind-address",
        "lb.registry",
        "lb.services",
        "lb.id",
        "lb.advertised-address",
        "lb.subscribers.max",
        "lb.slow-start",
        "lb.zone",
        "lb.zone-spill-above",
        "lb.panic-threshold",
        "lb.outlier.enabled",
        "lb.outlier.base-ejection-time",
        "lb.outlier.success-rate.stdev-factor",
        "lb.outlier.failure-percentage.threshold",
        "lb.load.interval",
        "lb.load.expiration",
        "lb.load.silence",
        "lb.embedded.port",
        "lb.decisions.remembered",
        "lb.xds.enabled",
        "lb.xds.mode",
        "lb.xds.max-streams",
        "lb.xds.max-streams-per-connection",
        "lb.xds.max-names",
        "lb.xds.weight-interval",
        "lb.xds.weight-threshold",
        "lb.xds.utilization-metrics",
        "lb.xds.attempts",
        "lb.xds.max-requests",
        "lb.xds.host-ttl",
        "lb.xds.hash-header",
        "lb.xds.child-policy"
      })
  void eachPropertyIsDescribed(String name) throws Exception {
    try (var metadata =
        LbProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      String json =
          new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);

      assertThat(json)
          .containsPattern(
              "\"name\": \"" + name + "\",\\s+\"type\": \"[^\"]+\",\\s+\"description\"");
    }
  }

  private static LbProperties lb(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("lb", LbProperties.class);
  }
}

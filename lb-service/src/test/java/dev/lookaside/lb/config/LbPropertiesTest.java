package dev.lookaside.lb.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
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
  }

  @Test
  void expirationAndSilenceFollowTheInterval() {
    LoadSettings load = lb(Map.of("lb.load.interval", "2s")).load();

    assertThat(load.expiration()).isEqualTo(Duration.ofSeconds(6));
    assertThat(load.silence()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aServiceMayNameItsOwnPolicy() {
    LbProperties lb = lb(Map.of("lb.type", "ll", "lb.services[a.b].type", "first"));

    assertThat(lb.typeOf("a.b")).isEqualTo("first");
    assertThat(lb.typeOf("other")).isEqualTo("ll");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lb.type",
        "lb.port",
        "lb.bind-address",
        "lb.registry",
        "lb.services",
        "lb.load.interval",
        "lb.load.expiration",
        "lb.load.silence",
        "lb.embedded.port",
        "lb.decisions.remembered"
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

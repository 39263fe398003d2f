package dev.lookaside.etcd.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.registry.EtcdSettings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class EtcdAutoConfigurationTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(EtcdAutoConfiguration.class));

  @Test
  void etcdOfThisMachineIsTheDefault() {
    application.run(context ->
        assertThat(context)
            .getBean(EtcdSettings.class)
            .isEqualTo(EtcdSettings.of(URI.create("http://localhost:2379"))));
  }

  @Test
  void everyPropertyReachesTheRegistry() {
    application
        .withPropertyValues(
            "etcd.endpoints=https://a:1,https://b:2",
            "etcd.root=test",
            "etcd.username=joe",
            "etcd.password-file=/secret",
            "etcd.allowed-addresses=10.0.0.0/8,.svc.example",
            "etcd.tls.ca-file=ca.pem",
            "etcd.tls.cert-file=cert.pem",
            "etcd.tls.key-file=key.pem")
        .run(context -> {
          EtcdSettings settings = context.getBean(EtcdSettings.class);
          assertThat(settings.endpoints())
              .containsExactly(URI.create("https://a:1"), URI.create("https://b:2"));
          assertThat(settings.root()).isEqualTo("test");
          assertThat(settings.credentials())
              .contains(new EtcdSettings.Credentials("joe", Path.of("/secret")));
          assertThat(settings.tls())
              .map(tls -> ((EtcdSettings.Files) tls).caFile())
              .contains(Path.of("ca.pem"));
          assertThat(settings.tls())
              .flatMap(tls -> ((EtcdSettings.Files) tls).keyFile())
              .contains(Path.of("key.pem"));
        });
  }

  @Test
  void settingsOfTheApplicationsOwnComeFirst() {
    EtcdSettings own = EtcdSettings.of(URI.create("http://own:1"));

    application
        .withBean(EtcdSettings.class, () -> own)
        .run(context -> assertThat(context).getBean(EtcdSettings.class).isSameAs(own));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          etcd.endpoints=                | etcd.endpoints is empty (expected:
          etcd.endpoints=http://a b      | etcd.endpoints has 'http://a b' (expected: http
          etcd.root=/a/                  | etcd.root is '/a/' (expected:
          etcd.username=joe              | etcd.password-file is not set (expected:
          etcd.password-file=/secret     | etcd.username is not set (expected:
          etcd.allowed-addresses=10/99   | etcd.allowed-addresses is '[10/99]' (expected:
          etcd.tls.key-file=x            | etcd.tls.ca-file is not set (expected:
          """)
  void aSettingThatCannotBeUsedIsNamed(String property, String message) {
    application
        .withPropertyValues(property)
        .run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
  }

  @Test
  void aMisspeltPropertyIsRefused() {
    application
        .withPropertyValues("etcd.endpoint=http://a:1")
        .run(context -> assertThat(context).getFailure().rootCause().message().contains("unbound"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etcd.endpoints",
        "etcd.root",
        "etcd.username",
        "etcd.password-file",
        "etcd.allowed-addresses",
        "etcd.tls.ca-file",
        "etcd.tls.cert-file",
        "etcd.tls.key-file"
      })
  void eachPropertyIsDescribed(String name) throws Exception {
    try (var metadata =
        EtcdProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      String json =
          new String(Objects.requireNonNull(metadata).readAllBytes(), StandardCharsets.UTF_8);

      assertThat(json)
          .containsPattern(
              "\"name\": \"" + name + "\",\\s+\"type\": \"[^\"]+\",\\s+\"description\"");
    }
  }
}

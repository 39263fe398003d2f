package dev.lookaside.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.registry.registrar.RegistrarSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EtcdSettingsTest {

  @Test
  void defaultsToTheRootThatTheFleetUses() {
    EtcdSettings settings = EtcdSettings.of(EtcdSettings.DEFAULT_ENDPOINT);

    assertThat(settings.root()).isEqualTo("lookaside");
    assertThat(settings.endpoints()).containsExactly(URI.create("http://localhost:2379"));
  }

  @Test
  void refusesNoMembers() {
    assertThatThrownBy(EtcdSettings::of)
        .hasMessage(
            "etcd.endpoints is empty (expected: one or more URIs such as http://localhost:2379)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:2379",
        "ftp://localhost:2379",
        "http://user@localhost:2379",
        "http://localhost:2379/v3",
        "http://localhost:2379?x=1",
        "http:///",
        "http://localhost:70000"
      })
  void refusesAMemberThatIsNotAPlainUri(String uri) {
    assertThatThrownBy(() -> EtcdSettings.of(URI.create(uri)))
        .hasMessageContaining("'" + uri + "' (expected: http://host:port or https://host:port)");
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_etcd:2379, my_etcd:2379",
    "http://etcd-1.example.:4001, etcd-1.example:4001",
    "https://etcd, etcd:2379",
    "http://[::1]:2379/, [::1]:2379"
  })
  void takesEveryHostThatTcpCanDial(String uri, String address) {
    EtcdSettings settings = EtcdSettings.of(URI.create(uri));

    assertThat(EtcdSettings.address(settings.endpoints().get(0))).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "a b", "ä"})
  void refusesARootThatIsNotAPath(String root) {
    assertThatThrownBy(() -> EtcdSettings.of(EtcdSettings.DEFAULT_ENDPOINT).withRoot(root))
        .hasMessageStartingWith("etcd.root is '" + root + "' (expected: ");
  }

  @Test
  void refusesACertificateWithoutItsKey() {
    assertThatThrownBy(() ->
            new EtcdSettings.Files(
                Path.of("ca.pem"), Optional.of(Path.of("me.pem")), Optional.empty()))
        .hasMessageContaining("etcd.tls.key-file is not set (expected: both or neither)");
  }

  @Test
  void refusesTlsFilesForPlainHttp() {
    EtcdSettings.Tls tls =
        new EtcdSettings.Files(Path.of("ca.pem"), Optional.empty(), Optional.empty());
    assertThatThrownBy(() ->
            new EtcdSettings(
                List.of(EtcdSettings.DEFAULT_ENDPOINT),
                "lookaside",
                Optional.empty(),
                Optional.of(tls)))
        .hasMessageContaining("(expected: https, because etcd.tls is set)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT1.999S", "PT1S", "PT0S", "PT2.5S", "PT61M"})
  void refusesALeaseThatIsTooShortOrNotWholeSeconds(String ttl) {
    assertThatThrownBy(() -> RegistrarSettings.withLeaseTtl(Duration.parse(ttl)))
        .hasMessage(
            "lease-ttl is "
                + ttl.replace("PT61M", "PT1H1M")
                + " (expected: whole seconds from 2s to 1h)");
  }
}

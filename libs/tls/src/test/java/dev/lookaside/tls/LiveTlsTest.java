package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveTlsTest {
  @TempDir private Path directory;
  private DevelopmentAuthority authority;

  @BeforeEach
  void found() {
    authority = DevelopmentAuthority.in(directory);
  }

  @Test
  void thePrincipalIsThatOfTheCertificateThatIsShownNow() {
    LiveTls tls = new LiveTls(material("before"));
    assertThat(tls.principal()).contains("spiffe://fleet/before");

    tls.replace(material("after"));

    assertThat(tls.principal()).contains("spiffe://fleet/after");
  }

  /** Every guarded call asks for it, and names of certificates are parsed at each look. */
  @Test
  void thePrincipalIsReadFromACertificateOnce() {
    LiveTls tls = new LiveTls(material("me"));
    Optional<String> first = tls.principal();

    assertThat(tls.principal()).isSameAs(first);
  }

  private TlsMaterial material(String name) {
    return authority.issue(Wanted.of(name, "uri:spiffe://fleet/" + name, "dns:localhost")).load();
  }
}

package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemTlsTest {
  private static final Wanted NAME = Wanted.of("me", "dns:localhost");

  @Test
  void newFilesAreUsedWithoutARestart(@TempDir Path directory) {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles files = authority.issue(NAME);
    LiveTls tls = PemTls.follow(files);
    var before = tls.now().identity().orElseThrow().certificate();

    authority.issue(NAME);

    await().until(() -> !tls.now().identity().orElseThrow().certificate().equals(before));
  }

  @Test
  void halfOfARotationChangesNothing(@TempDir Path directory) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles files = authority.issue(NAME);
    PemFiles next = authority.issue(Wanted.of("next", "dns:localhost"));

    Files.copy(
        next.certificate().orElseThrow(),
        files.certificate().orElseThrow(),
        StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(files::load)
        .hasMessageContaining("the private key is not that of the certificate of [localhost]");
  }

  @Test
  void saysWhichFileIsNotThere(@TempDir Path directory) {
    PemFiles files = PemFiles.trusting(directory.resolve("none.pem"));
    assertThatThrownBy(files::load)
        .hasMessage(directory.resolve("none.pem") + " cannot be read (expected: a PEM file)");
  }

  @Test
  void neverQuotesAKeyThatItCannotRead(@TempDir Path directory) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles good = authority.issue(NAME);
    Path bad = directory.resolve("bad.pem");
    Files.writeString(bad, "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n");
    PemFiles files = new PemFiles(good.ca(), good.certificate(), Optional.of(bad));

    assertThatThrownBy(files::load)
        .hasMessageContaining("holds no key that can be read")
        .hasMessageNotContaining("canary")
        .hasNoCause();
    assertThat(PemTls.follow(good).now().identity().orElseThrow().toString())
        .isEqualTo("certificate of [localhost]");
  }
}

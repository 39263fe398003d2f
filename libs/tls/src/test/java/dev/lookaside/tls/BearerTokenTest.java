package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookaside.testing.time.FakeClock;
import io.grpc.SecurityLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BearerTokenTest {
  private static final String UNREADABLE = "UNAUTHENTICATED: token file %s cannot be read";

  private final FakeClock clock = new FakeClock();
  private final List<String> log = new ArrayList<>();
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("token");
  }

  @Test
  void theFileIsLookedAtEverySecondAndNotByCalls() throws IOException {
    write(" one\n");
    BearerToken token = follow();
    assertThat(shownBy(token)).isEqualTo("Bearer one");

    write("another");
    clock.forwardTime(Duration.ofMillis(999));
    assertThat(shownBy(token)).isEqualTo("Bearer one");
    clock.forwardTime(Duration.ofMillis(1));
    assertThat(shownBy(token)).isEqualTo("Bearer another");
  }

  @Test
  void theLastTokenIsShownWhileTheFileIsGone() throws IOException {
    write("one");
    BearerToken token = follow();

    Files.delete(file);
    clock.forwardTime(Duration.ofSeconds(5));
    assertThat(shownBy(token)).isEqualTo("Bearer one");
    assertThat(log)
        .containsExactly(
            "what was before is still used, trying again: token file " + file + " cannot be read");

    write("another");
    clock.forwardTime(Duration.ofSeconds(1));
    assertThat(shownBy(token)).isEqualTo("Bearer another");
    assertThat(log).hasSize(1);
  }

  @Test
  void theLastTokenIsShownWhileTheFileIsEmpty() throws IOException {
    write("one");
    BearerToken token = follow();

    write("\n");
    clock.forwardTime(Duration.ofSeconds(5));
    assertThat(shownBy(token)).isEqualTo("Bearer one");
    assertThat(log)
        .containsExactly(
            "what was before is still used, trying again: token file "
                + file
                + " is empty (expected: a token)");
  }

  @Test
  void callsFailUntilThereIsAToken() throws IOException {
    BearerToken token = follow();
    assertThat(shownBy(token)).isEqualTo(UNREADABLE.formatted(file));
    assertThat(log).as("of what callers are told").isEmpty();
    clock.forwardTime(Duration.ofSeconds(5));
    assertThat(log).containsExactly("trying again: token file " + file + " cannot be read");

    write("one");
    clock.forwardTime(Duration.ofSeconds(1));
    assertThat(shownBy(token)).isEqualTo("Bearer one");
  }

  /** That others may no longer change it is seen at no stamp of the file. */
  @Test
  void aFileThatOthersCouldChangeIsUsedOnceTheyCannot() throws IOException {
    write("canary");
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("posix"), "there are no permissions");
    permit("rw-rw----");
    BearerToken token = follow();
    clock.forwardTime(Duration.ofSeconds(5));
    assertThat(shownBy(token)).isEqualTo(UNREADABLE.formatted(file));
    assertThat(log)
        .containsExactly(
            "trying again: "
                + file
                + " may be changed by others than its owner (expected: chmod go-w)");

    permit("rw-------");
    clock.forwardTime(Duration.ofSeconds(1));
    assertThat(shownBy(token)).isEqualTo("Bearer canary");
    assertThat(token.toString()).isEqualTo("token of " + file);
  }

  @Test
  void noTokenIsShownWhereOthersCanListen() throws IOException {
    write("canary");
    assertThat(ShownHeader.of(follow(), SecurityLevel.INTEGRITY))
        .isEqualTo(
            "UNAUTHENTICATED: the connection is plaintext (expected: TLS, because a token is"
                + " shown)");
  }

  private BearerToken follow() {
    return BearerToken.follow(file, FileChanges.of(List.of(file), clock, log::add));
  }

  private static String shownBy(BearerToken token) {
    return ShownHeader.of(token, SecurityLevel.PRIVACY_AND_INTEGRITY);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }

  private void permit(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}

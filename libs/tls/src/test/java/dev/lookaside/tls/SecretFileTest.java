package dev.lookaside.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretFileTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(directory.resolve("password"), "canary");
    assumeTrue(
        Files.getFileStore(file).supportsFileAttributeView("posix"), "there are no permissions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "rw----rw-", "rw--w----", "rw-----w-", "rwxrwxrwx"})
  void aSecretThatOthersMayChangeIsNotUsed(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThatThrownBy(() -> SecretFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " may be changed by others than its owner (expected: chmod go-w)")
        .hasMessageNotContaining("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "r--r-----", "r--r--r--"})
  void aSecretOfItsOwnerIsRead(String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThat(new String(SecretFile.read(file), UTF_8)).isEqualTo("canary");
  }

  @Test
  void aKeyThatOthersMayChangeEndsTheStart() throws IOException {
    PemFiles files = DevelopmentAuthority.in(directory).issue(Wanted.of("me", "dns:localhost"));
    Files.setPosixFilePermissions(
        files.key().orElseThrow(), PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(files::load).hasMessageContaining("may be changed by others");
  }
}

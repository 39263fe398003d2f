package dev.lookaside.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that holds a secret, or that says who may what. Nobody but its owner may change it. That
 * others may read a secret is complained of once and borne: containers have their secrets that way.
 */
public final class SecretFile {
  private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
  private static final int MOST_COMPLAINTS = 100;
  private static final Set<Path> COMPLAINED = ConcurrentHashMap.newKeySet();

  private SecretFile() {}

  /**
   * What is in it.
   *
   * @throws IllegalArgumentException if others may change it
   */
  public static byte[] read(Path file) throws IOException {
    check(file);
    return Files.readAllBytes(file);
  }

  /**
   * The same without reading it.
   *
   * @throws IllegalArgumentException if others may change it
   */
  static void check(Path file) {
    requireOwn(file);
    if (isReadByAll(file) && COMPLAINED.size() < MOST_COMPLAINTS && COMPLAINED.add(file)) {
      LOG.warn("{} holds a secret, and everybody on this machine may read it (chmod o-r)", file);
    }
  }

  /**
   * Returns if nobody but its owner may change it; nothing is known where there are no POSIX
   * permissions, and of a file that is not there.
   *
   * @throws IllegalArgumentException if others may
   */
  public static void requireOwn(Path file) {
    Set<PosixFilePermission> permissions = permissions(file);
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IllegalArgumentException(
          file + " may be changed by others than its owner (expected: chmod go-w)");
    }
  }

  private static boolean isReadByAll(Path file) {
    return permissions(file).contains(PosixFilePermission.OTHERS_READ);
  }

  private static Set<PosixFilePermission> permissions(Path file) {
    try {
      return Files.getPosixFilePermissions(file);
    } catch (IOException | UnsupportedOperationException e) {
      return Set.of(); // who reads it says what is wrong with it
    }
  }
}

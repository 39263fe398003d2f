package dev.lookaside.testing.etcd;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What an etcd or its client shows, and the authority whose certificates it believes. */
public record TlsFiles(Path authority, Path certificate, Path key) {

  /** What etcd is told, so that it wants a certificate of whoever connects. */
  List<String> ofServer() {
    return List.of(
        "--client-cert-auth",
        "--trusted-ca-file=" + authority,
        "--cert-file=" + certificate,
        "--key-file=" + key);
  }

  /** What {@code etcdctl} is told. */
  List<String> ofClient() {
    return List.of("--cacert=" + authority, "--cert=" + certificate, "--key=" + key);
  }

  /**
   * The same authority, certificate and key as files of this directory, in place of what was copied
   * there before. An etcd that has those shows the new ones from the next handshake on.
   */
  public TlsFiles copiedTo(Path directory) {
    Path shown = directory.resolve("certificate.pem");
    Path itsKey = directory.resolve("key.pem");
    try {
      Files.copy(key, itsKey, REPLACE_EXISTING);
      Files.copy(certificate, shown, REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new TlsFiles(authority, shown, itsKey);
  }
}

package dev.lookaside.registry.jetcd;

import dev.lookaside.registry.EtcdSettings;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts PEM files into a Netty TLS context. */
final class TlsFiles {
  private TlsFiles() {}

  static void apply(EtcdSettings.Tls tls, SslContextBuilder ssl) {
    ssl.trustManager(readable("etcd.tls.ca-file", tls.caFile()).toFile());
    tls.certFile()
        .ifPresent(cert ->
            ssl.keyManager(
                readable("etcd.tls.cert-file", cert).toFile(),
                readable("etcd.tls.key-file", tls.keyFile().orElseThrow()).toFile()));
  }

  private static Path readable(String property, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          property + " is '" + file + "' (expected: a readable PEM file)");
    }
    return file;
  }
}

package dev.lookaside.registry.jetcd;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts what the settings say into a Netty TLS context: what is current at each handshake. */
final class TlsFiles {

  /** Followed once for all clients that use them, and as long as one does. */
  private static final Cache<PemFiles, LiveTls> FOLLOWED =
      CacheBuilder.newBuilder().weakValues().build();

  private TlsFiles() {}

  static void apply(EtcdSettings.Tls tls, SslContextBuilder ssl) {
    LiveTls live = live(tls);
    ssl.trustManager(live.servers(PeerNames.theHost()));
    if (live.now().identity().isPresent()) {
      ssl.keyManager(live.keys());
    }
  }

  private static LiveTls live(EtcdSettings.Tls tls) {
    if (tls instanceof EtcdSettings.Live given) {
      return given.tls();
    }
    EtcdSettings.Files files = (EtcdSettings.Files) tls;
    readable("etcd.tls.ca-file", files.caFile());
    files.certFile().ifPresent(file -> readable("etcd.tls.cert-file", file));
    files.keyFile().ifPresent(file -> readable("etcd.tls.key-file", file));
    return followed(new PemFiles(Optional.of(files.caFile()), files.certFile(), files.keyFile()));
  }

  private static synchronized LiveTls followed(PemFiles files) {
    LiveTls known = FOLLOWED.getIfPresent(files);
    if (known == null) {
      known = PemTls.follow(files);
      FOLLOWED.put(files, known);
    }
    return known;
  }

  private static void readable(String property, Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          property + " is '" + file + "' (expected: a readable PEM file)");
    }
  }
}

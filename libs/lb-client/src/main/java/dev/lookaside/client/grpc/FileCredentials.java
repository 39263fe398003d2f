package dev.lookaside.client.grpc;

import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import io.grpc.ChannelCredentials;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from PEM files. The latest are kept, for channels whose credentials are the same
 * object share a subscription.
 */
final class FileCredentials {
  private record Made(PemFiles files, PeerNames names, ChannelCredentials credentials) {}

  private static @Nullable Made latest;

  private FileCredentials() {}

  static synchronized ChannelCredentials of(PemFiles files, PeerNames names) {
    Made known = latest;
    if (known == null || !known.files().equals(files) || !known.names().equals(names)) {
      known = new Made(files, names, PemTls.follow(files).channelCredentials(names));
      latest = known;
    }
    return known.credentials();
  }
}

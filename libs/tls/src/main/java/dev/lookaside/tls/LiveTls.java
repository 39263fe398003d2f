package dev.lookaside.tls;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What one party shows and trusts from now on: connections that are made after {@link #replace} use
 * what is new, and those that live go on. So certificates are rotated without a restart and without
 * a lost call.
 */
public final class LiveTls {
  private final AdvancedTlsX509KeyManager keys = new AdvancedTlsX509KeyManager();
  private volatile Current current;

  /**
   * What is used now.
   *
   * @param principal read from the certificate once: rights ask for it at each call
   */
  private record Current(TlsMaterial material, Optional<String> principal) {
    static Current of(TlsMaterial material) {
      return new Current(
          material,
          material
              .identity()
              .flatMap(identity -> CertificateNames.of(identity.certificate()).principal()));
    }
  }

  public LiveTls(TlsMaterial first) {
    current = show(first);
  }

  /** From now on this. A party that has shown a certificate goes on to show one. */
  public synchronized void replace(TlsMaterial next) {
    current = show(next);
  }

  private Current show(TlsMaterial next) {
    next.identity()
        .ifPresent(identity ->
            keys.updateIdentityCredentials(
                identity.chain().toArray(X509Certificate[]::new), identity.key()));
    return Current.of(next);
  }

  /** What is shown and trusted now. */
  public TlsMaterial now() {
    return current.material();
  }

  /** Shows what is current at each handshake; nothing if there is nothing. */
  public X509ExtendedKeyManager keys() {
    return keys;
  }

  /** Accepts servers that are who they must be. */
  public X509ExtendedTrustManager servers(PeerNames expected) {
    return new PeerTrust(this::trusted, expected, reason -> {});
  }

  /**
   * Accepts clients, whoever they are, whose authority is trusted.
   *
   * @param log hears why one was refused
   */
  public X509ExtendedTrustManager clients(RefusedPeers log) {
    return new PeerTrust(this::trusted, PeerNames.theHost(), log::refused);
  }

  /**
   * Accepts the certificates of a server, wherever it is.
   *
   * @param chain its own first
   * @throws CertificateException that says in one line what is wrong with them
   */
  public void requireTrusted(List<X509Certificate> chain) throws CertificateException {
    // No key exchange is known here: the JDK's word for that.
    new PeerTrust(this::trusted, PeerNames.theHost(), reason -> {})
        .checkServerTrusted(chain.toArray(X509Certificate[]::new), "UNKNOWN");
  }

  /** For channels to such servers. */
  public ChannelCredentials channelCredentials(PeerNames expected) {
    TlsChannelCredentials.Builder credentials =
        TlsChannelCredentials.newBuilder().trustManager(servers(expected));
    return now().identity().isPresent()
        ? credentials.keyManager(keys).build()
        : credentials.build();
  }

  /** Whom this party shows itself as. */
  public Optional<String> principal() {
    return current.principal();
  }

  private X509ExtendedTrustManager trusted() {
    return now().trust();
  }
}

package dev.lookaside.security.tls;

import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.RefusedPeers;
import dev.lookaside.tls.spring.BundleTls;
import io.netty.handler.ssl.util.KeyManagerFactoryWrapper;
import io.netty.handler.ssl.util.TrustManagerFactoryWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.core.Ordered;

/**
 * Follows the bundle of {@code security.tls.bundle}, and offers it as one more bundle, {@value
 * #NAME}, whose managers show and trust what is current: for servers that read a bundle only once.
 */
public final class LiveBundle implements SslBundleRegistrar, Ordered {
  public static final String NAME = "lookaside-live";

  private final String followed;
  private final RefusedPeers log;
  private @Nullable LiveTls tls;

  public LiveBundle(String followed, RefusedPeers log) {
    this.followed = followed;
    this.log = log;
  }

  /** After those who register what is followed. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void registerBundles(SslBundleRegistry registry) {
    LiveTls live = BundleTls.follow("security.tls.bundle", followed, (SslBundles) registry);
    SslBundle original = ((SslBundles) registry).getBundle(followed);
    registry.registerBundle(
        NAME,
        SslBundle.of(
            original.getStores(),
            original.getKey(),
            original.getOptions(),
            original.getProtocol(),
            SslManagerBundle.of(
                new KeyManagerFactoryWrapper(live.keys()),
                new TrustManagerFactoryWrapper(live.clients(log)))));
    tls = live;
  }

  /** Once the application's bundles are registered. */
  public LiveTls tls() {
    if (tls == null) {
      throw new IllegalStateException("SSL bundles are not registered yet");
    }
    return tls;
  }
}

package dev.lookaside.app.limits;

import dev.lookaside.limits.LimitListener;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/** Lets no address have more than half of the HTTP connections of this process. */
public final class HttpShares implements WebServerFactoryCustomizer<TomcatWebServerFactory> {
  private final LimitListener listener;

  public HttpShares(LimitListener listener) {
    this.listener = listener;
  }

  @Override
  public void customize(TomcatWebServerFactory server) {
    server.setProtocol(SharedHttp11Protocol.class.getName());
    server.addProtocolHandlerCustomizers(protocol -> {
      if (protocol instanceof SharedHttp11Protocol shared) {
        shared.tell(listener);
      }
    });
  }
}

package dev.lookaside.lb.config;

import dev.lookaside.core.check.Require;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry inside this process, used with lb.registry=embedded.
 *
 * @param port Port on which it speaks etcd's protocol, 0 to 65535; 0 takes any free one.
 * @param bindAddress Local address on which it listens.
 */
public record EmbeddedSettings(
    @DefaultValue("2379") int port, @DefaultValue("127.0.0.1") String bindAddress) {

  public EmbeddedSettings {
    Require.within("lb.embedded.port", port, 0, 65_535);
    parse(bindAddress);
  }

  public InetAddress address() {
    return parse(bindAddress);
  }

  private static InetAddress parse(String bindAddress) {
    try {
      return InetAddress.getByName(bindAddress);
    } catch (UnknownHostException e) {
      throw Require.refusal("lb.embedded.bind-address", bindAddress, "a local address");
    }
  }
}

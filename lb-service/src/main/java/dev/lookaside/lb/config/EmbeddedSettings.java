package dev.lookaside.lb.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The registry inside this process, used with lb.registry=embedded.
 *
 * @param port Port on which it speaks etcd's protocol, 0 to 65535; 0 takes any free one.
 */
public record EmbeddedSettings(@DefaultValue("2379") int port) {

  public EmbeddedSettings {
    Settings.requireWithin("lb.embedded.port", port, 0, 65_535);
  }
}

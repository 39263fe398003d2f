package dev.lookaside.registry.codec;

import dev.lookaside.core.endpoint.Endpoint;

/** Keys of the form {@code <root>/<service>/<id>}, as etcd's own gRPC naming has them. */
public record RegistryKeys(String root) {

  /** What one key names. */
  public record Name(String service, String id) {
    public Name {
      Endpoint.requireName("service", service);
      Endpoint.requireName("id", id);
    }
  }

  /** What every key starts with. */
  public String prefix() {
    return root + "/";
  }

  public String key(String service, String id) {
    return prefix() + service + "/" + id;
  }

  /** Throws {@link IllegalArgumentException} unless there is a service and an id after the root. */
  public Name parse(String key) {
    String[] parts =
        key.startsWith(prefix()) ? key.substring(prefix().length()).split("/", -1) : new String[0];
    if (parts.length != 2 || key.indexOf(0xfffd) >= 0) {
      throw new IllegalArgumentException(
          "the key is not of the form " + root + "/<service>/<id> in UTF-8");
    }
    return new Name(parts[0], parts[1]);
  }
}

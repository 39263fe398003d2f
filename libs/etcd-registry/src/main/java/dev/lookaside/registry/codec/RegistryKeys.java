package dev.lookaside.registry.codec;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.Optional;

/**
 * Keys of the form {@code <root>/<service>/<id>}, as etcd's own gRPC naming has them, and {@code
 * <root>/control/<service>/operator}.
 */
public record RegistryKeys(String root) {
  private static final String CONTROL = "control";
  private static final String OPERATOR = "operator";

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

  /** Where operators' decisions of a service are: beside the endpoints, which are not ours. */
  public String controlKey(String service) {
    return prefix() + CONTROL + "/" + service + "/" + OPERATOR;
  }

  /** The service that a key has the decisions of; empty if it is another kind of key. */
  public Optional<String> controlled(String key) {
    String[] parts =
        key.startsWith(prefix()) ? key.substring(prefix().length()).split("/", -1) : new String[0];
    return parts.length == 3 && parts[0].equals(CONTROL) && parts[2].equals(OPERATOR)
        ? Optional.of(parts[1])
        : Optional.empty();
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

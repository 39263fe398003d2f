package dev.lookaside.registry.codec;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Endpoints as values in etcd: {@code {"Op":0,"Addr":"host:port","Metadata":{…}}}, the format of
 * etcd's gRPC naming, so that Go's {@code etcd:///} resolver reads what we write and the other way
 * round. Strict in form, tolerant of what is missing or unknown.
 */
public final class EndpointCodec {
  public static final int MAX_VALUE_BYTES = 16 * 1024;
  public static final List<String> ATTRIBUTES =
      List.of("version", "metricsAddress", "metricsScheme", "httpUri", "authority");
  private static final String SIGNATURE = "signature";
  private static final ValueJson JSON = new ValueJson(MAX_VALUE_BYTES);

  private final AddressRules rules;

  public EndpointCodec(AddressRules rules) {
    this.rules = rules;
  }

  /**
   * What a value says.
   *
   * @param signature by whoever wrote it, not checked
   */
  public record Decoded(Endpoint endpoint, Optional<String> signature) {}

  public static ByteSequence encode(Endpoint endpoint) {
    return encode(endpoint, "");
  }

  /**
   * With a signature.
   *
   * @param signature none if empty
   */
  public static ByteSequence encode(Endpoint endpoint, String signature) {
    ObjectNode value = JSON.newObject().put("Op", 0);
    value.put("Addr", endpoint.address().toString());
    ObjectNode metadata = value.putObject("Metadata");
    metadata.put("weight", endpoint.weight()).put("capacity", endpoint.capacity());
    metadata
        .put("region", endpoint.locality().region())
        .put("zone", endpoint.locality().zone())
        .put("subZone", endpoint.locality().subZone());
    metadata.put("incarnation", endpoint.incarnation()).put("state", endpoint.state().name());
    ATTRIBUTES.forEach(name -> {
      if (endpoint.attributes().containsKey(name)) {
        metadata.put(name, endpoint.attributes().get(name));
      }
    });
    if (!signature.isEmpty()) {
      metadata.put(SIGNATURE, signature);
    }
    return JSON.write(value);
  }

  /** Throws {@link IllegalArgumentException} that says in one line what is wrong with the value. */
  public Endpoint decode(RegistryKeys.Name name, StoredKey stored) {
    return read(name, stored).endpoint();
  }

  /** The same, with the signature. */
  public Decoded read(RegistryKeys.Name name, StoredKey stored) {
    ValueFields value = ValueFields.of("value", JSON.read(stored.value()));
    int operation = (int) value.number("Op", 0);
    if (operation != 0) {
      throw new IllegalArgumentException("Op is " + operation + " (expected: 0)");
    }
    ValueFields metadata = value.object("Metadata");
    metadata.requireSame("service", name.service());
    metadata.requireSame("id", name.id());
    Endpoint endpoint =
        new Endpoint(
            name.service(),
            name.id(),
            address(value.text("Addr", "")),
            metadata.locality(),
            metadata.number("weight", 1),
            metadata.number("capacity", 1),
            metadata.state(EndpointState.READY),
            metadata.text("incarnation", "rev-" + stored.createRevision()),
            attributes(metadata));
    return new Decoded(endpoint, metadata.optionalText(SIGNATURE, MAX_VALUE_BYTES));
  }

  private Map<String, String> attributes(ValueFields metadata) {
    Map<String, String> attributes = new HashMap<>();
    for (String name : ATTRIBUTES) {
      String text = metadata.text(name, "");
      if (!text.isEmpty()) {
        attributes.put(name, text);
      }
    }
    if (attributes.containsKey("metricsAddress")) {
      address(attributes.get("metricsAddress"));
    }
    return attributes;
  }

  private Address address(String text) {
    Address address = Address.parse(text);
    rules.check(address);
    return address;
  }
}

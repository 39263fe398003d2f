package dev.lookaside.registry.signature;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is signed: the endpoint as it stands in etcd, for which key of which registry, and how long
 * it holds. Its names are those of JSON Web Tokens. It carries the endpoint itself, not a hash of
 * it, so that a balancer may ignore in both what it does not know yet.
 *
 * @param endpoint the value, as it would be without a signature
 * @param key where in etcd it belongs
 */
record Statement(ByteSequence endpoint, String key, Instant issued, Instant expires) {
  static final String TYPE = "lookaside-registration+jws";
  static final Duration LONGEST_LIFE = Duration.ofHours(24);
  static final Duration CLOCKS_DIFFER_BY = Duration.ofMinutes(5);
  private static final JsonMapper JSON = new JsonMapper();

  static Statement of(Endpoint endpoint, RegistryKeys keys, Instant issued, Instant expires) {
    return new Statement(
        EndpointCodec.encode(endpoint),
        keys.key(endpoint.service(), endpoint.id()),
        issued,
        expires);
  }

  String toText() {
    ObjectNode claims = JSON.createObjectNode();
    claims.put("sub", key);
    claims.put("iat", issued.getEpochSecond());
    claims.put("exp", expires.getEpochSecond());
    claims.set("endpoint", JSON.readTree(endpoint.getBytes()));
    return JSON.writeValueAsString(claims);
  }

  /** Throws {@link IllegalArgumentException} if it is none. */
  static Statement parse(String text) {
    try {
      JsonNode claims = JSON.readTree(text);
      return new Statement(
          ByteSequence.from(
              claims.required("endpoint").toString().getBytes(StandardCharsets.UTF_8)),
          claims.required("sub").stringValue(),
          Instant.ofEpochSecond(claims.required("iat").longValue()),
          Instant.ofEpochSecond(claims.required("exp").longValue()));
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("what is signed is no registration", e);
    }
  }

  /** The endpoint that was signed, read as the one in etcd is. */
  Endpoint read(EndpointCodec codec, RegistryKeys.Name name, StoredKey stored) {
    return codec.decode(
        name,
        new StoredKey(
            stored.key(), endpoint, stored.createRevision(), stored.modRevision(), stored.lease()));
  }

  boolean isOfKey(String other) {
    return key.equals(other);
  }

  /** Whether it says so of itself at this time; clocks may differ a little. */
  boolean holdsAt(Instant now) {
    return !now.isAfter(expires)
        && !issued.isAfter(now.plus(CLOCKS_DIFFER_BY))
        && !expires.isAfter(issued.plus(LONGEST_LIFE));
  }
}

package dev.lookaside.registry.codec;

import dev.lookaside.registry.OneLine;
import io.etcd.jetcd.ByteSequence;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Values in etcd as JSON, bounded: whoever may write there may write anything. */
final class ValueJson {
  private static final int MAX_NESTING = 8;

  private final int maxBytes;
  private final JsonMapper json;

  ValueJson(int maxBytes) {
    this.maxBytes = maxBytes;
    this.json =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxDocumentLength(maxBytes)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
  }

  ObjectNode newObject() {
    return json.createObjectNode();
  }

  ByteSequence write(ObjectNode value) {
    byte[] bytes = json.writeValueAsBytes(value);
    requireSize(bytes.length);
    return ByteSequence.from(bytes);
  }

  /** Throws {@link IllegalArgumentException} that says in one line what is wrong with the value. */
  JsonNode read(ByteSequence value) {
    requireSize(value.size());
    try {
      return json.readTree(value.getBytes());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "value is not acceptable JSON: " + OneLine.of(e.getOriginalMessage()), e);
    }
  }

  private void requireSize(int bytes) {
    if (bytes > maxBytes) {
      throw new IllegalArgumentException(
          "value has " + bytes + " bytes (expected: at most " + maxBytes + ")");
    }
  }
}

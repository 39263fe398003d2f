package dev.lookaside.client.grpc.subscription;

import dev.lookaside.v1.SubscribeResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts updates together that come in parts. For one stream, and one message at a time. */
final class Parts {
  private final int mostBytes;
  private SubscribeResponse.@Nullable Builder begun;
  private long bytes;

  /**
   * Nothing has come.
   *
   * @param mostBytes how long an update may be, all in all
   */
  Parts(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * The update that this message is, or ends; empty if there is more of it.
   *
   * @throws IllegalArgumentException if it does not go on as it began
   */
  Optional<SubscribeResponse> add(SubscribeResponse message) {
    SubscribeResponse.Builder all = begun;
    if (all == null) {
      if (!message.getMore()) {
        return Optional.of(message);
      }
      all = SubscribeResponse.newBuilder();
      bytes = 0;
    } else if (all.getUpdateCase() != message.getUpdateCase()) {
      throw new IllegalArgumentException(
          "a part of %s is followed by %s (expected: more of the same)"
              .formatted(all.getUpdateCase(), message.getUpdateCase()));
    }
    bytes += message.getSerializedSize();
    if (bytes > mostBytes) {
      throw new IllegalArgumentException(
          "an update has %d bytes in its parts (expected: at most %d)".formatted(bytes, mostBytes));
    }
    all.mergeFrom(message);
    begun = message.getMore() ? all : null;
    return message.getMore() ? Optional.empty() : Optional.of(all.clearMore().build());
  }
}

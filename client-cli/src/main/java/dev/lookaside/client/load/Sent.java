package dev.lookaside.client.load;

import io.grpc.Status;
import java.util.List;

/**
 * What became of one task.
 *
 * @param refusedBy ids of the workers at which an attempt failed, in order
 * @param end how it ended
 */
public record Sent(List<String> refusedBy, End end) {

  public Sent {
    refusedBy = List.copyOf(refusedBy);
  }

  /** How a task ended. */
  public sealed interface End {

    record Done(String workerId) implements End {}

    record Failed(Status status) implements End {}
  }
}

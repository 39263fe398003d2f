package dev.lookaside.tls;

import io.grpc.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a call failed, in the words that say most: what TLS had against the connection, else the
 * cause at the root, such as "Connection refused", of what gRPC itself calls "io exception".
 */
public final class CallTrouble {
  private static final int DEEPEST = 10;

  private CallTrouble() {}

  public static String of(Status status) {
    return TlsTrouble.of(status.getCause()).orElseGet(() -> words(status));
  }

  private static String words(Status status) {
    Optional<String> root = Optional.ofNullable(root(status.getCause())).map(CallTrouble::words);
    String described = status.getDescription();
    if (described == null) {
      return root.orElse(status.getCode().name());
    }
    return root.filter(deepest -> !described.contains(deepest)).orElse(described);
  }

  private static String words(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static @Nullable Throwable root(@Nullable Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && cause.getCause() != null && depth < DEEPEST; depth++) {
      cause = cause.getCause();
    }
    return cause;
  }
}

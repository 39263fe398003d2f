package dev.lookaside.registry.jetcd;

import com.google.common.base.Throwables;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.store.EtcdFailure.Kind;
import dev.lookaside.tls.CallTrouble;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.net.URI;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what went wrong out of what jetcd throws: often a status within an exception within one.
 */
final class EtcdFailures {
  private EtcdFailures() {}

  static EtcdFailure of(Throwable thrown, URI member, EtcdSettings settings) {
    if (deepest(thrown, TimeoutException.class) != null) {
      return new EtcdFailure(Kind.UNREACHABLE, "etcd at " + member + " did not answer", thrown);
    }
    IllegalArgumentException badSetting = deepest(thrown, IllegalArgumentException.class);
    if (badSetting != null) {
      return new EtcdFailure(Kind.DENIED, OneLine.of(badSetting.getMessage()), thrown);
    }
    Status status = deepestStatus(thrown);
    String description = status.getDescription() == null ? "" : status.getDescription();
    Kind kind = kind(status.getCode(), description);
    return new EtcdFailure(kind, message(kind, status, member, settings), thrown);
  }

  /** No answer in time, as opposed to a connection that failed. */
  static boolean isTimeout(Throwable thrown) {
    return deepest(thrown, TimeoutException.class) != null
        || deepestStatus(thrown).getCode() == Status.Code.DEADLINE_EXCEEDED;
  }

  /** The same without the member and the user. */
  static String words(Throwable thrown) {
    return OneLine.ofFailure(CallTrouble.of(deepestStatus(thrown)));
  }

  private static Kind kind(Status.Code code, String description) {
    if (description.contains("user name is empty")
        || description.contains("authentication failed")
        || description.contains("authentication is not enabled")) {
      return Kind.DENIED;
    }
    if (description.contains("lease not found")) {
      return Kind.LEASE_NOT_FOUND;
    }
    return switch (code) {
      case NOT_FOUND -> Kind.LEASE_NOT_FOUND;
      case PERMISSION_DENIED -> Kind.DENIED;
      case RESOURCE_EXHAUSTED -> description.contains("message") ? Kind.TOO_LARGE : Kind.REFUSED;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE, UNIMPLEMENTED -> Kind.REFUSED;
      // UNAUTHENTICATED without the words above is a token that ran out, or an authentication
      // that found no member: a new connection asks for a new token.
      default -> Kind.UNREACHABLE;
    };
  }

  private static String message(Kind kind, Status status, URI member, EtcdSettings settings) {
    String said = OneLine.ofFailure(CallTrouble.of(status));
    return switch (kind) {
      case UNREACHABLE -> "etcd at " + member + " is not reachable: " + said;
      case DENIED ->
          "etcd at "
              + member
              + " refuses "
              + settings
                  .credentials()
                  .map(credentials ->
                      "etcd.username '"
                          + credentials.username()
                          + "' with the password in '"
                          + credentials.passwordFile()
                          + "'")
                  .orElse("a client without etcd.username")
              + ": "
              + said
              + " (expected: a user that may read and write under the root '"
              + settings.root()
              + "')";
      case LEASE_NOT_FOUND, TOO_LARGE, REFUSED -> "etcd at " + member + " refuses: " + said;
    };
  }

  private static Status deepestStatus(Throwable thrown) {
    Status found = null;
    for (Throwable t : Throwables.getCausalChain(thrown)) {
      if (t instanceof StatusRuntimeException e) {
        found = e.getStatus();
      } else if (t instanceof StatusException e) {
        found = e.getStatus();
      }
    }
    return found != null ? found : Status.UNKNOWN.withDescription(thrown.toString());
  }

  private static <T extends Throwable> @Nullable T deepest(Throwable thrown, Class<T> type) {
    T found = null;
    for (Throwable t : Throwables.getCausalChain(thrown)) {
      if (type.isInstance(t)) {
        found = type.cast(t);
      }
    }
    return found;
  }
}

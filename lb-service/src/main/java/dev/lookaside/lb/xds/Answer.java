package dev.lookaside.lb.xds;

import com.google.rpc.Code;
import com.google.rpc.Status;

/** What there is to say of a name that a client subscribed to. */
sealed interface Answer {

  /** Differs whenever what is said does. */
  long state();

  record There(Resource resource) implements Answer {
    @Override
    public long state() {
      return resource.version();
    }
  }

  /** Nothing yet: in a moment there will be more to say than now. */
  record Later() implements Answer {
    @Override
    public long state() {
      return 0;
    }
  }

  /**
   * There is no such resource for this client (xRFC TP3).
   *
   * @param reason for the client's users
   */
  record Absent(Status reason) implements Answer {

    static Absent unknown(String name) {
      return of(
          Code.NOT_FOUND,
          "service is '" + name + "' (expected: the name of a service that was registered)");
    }

    static Absent routes() {
      return of(Code.NOT_FOUND, "routes are in the listener (expected: to be read there)");
    }

    static Absent denied(String reason) {
      return of(Code.PERMISSION_DENIED, reason);
    }

    private static Absent of(Code code, String message) {
      return new Absent(Status.newBuilder().setCode(code.getNumber()).setMessage(message).build());
    }

    @Override
    public long state() {
      return -reason.getCode();
    }
  }
}

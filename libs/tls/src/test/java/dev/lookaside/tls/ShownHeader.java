package dev.lookaside.tls;

import io.grpc.Attributes;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicReference;

/** What a call is sent with, by the credentials that it has. */
final class ShownHeader {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private ShownHeader() {}

  /** The header, or the status that the call fails with; known when this returns. */
  static String of(CallCredentials credentials, SecurityLevel level) {
    AtomicReference<String> shown = new AtomicReference<>("nothing yet");
    credentials.applyRequestMetadata(
        new CallOver(level),
        Runnable::run,
        new CallCredentials.MetadataApplier() {
          @Override
          public void apply(Metadata headers) {
            shown.set(headers.get(AUTHORIZATION));
          }

          @Override
          public void fail(Status status) {
            shown.set(status.getCode() + ": " + status.getDescription());
          }
        });
    return String.valueOf(shown.get());
  }

  private static final class CallOver extends CallCredentials.RequestInfo {
    private final SecurityLevel level;

    CallOver(SecurityLevel level) {
      this.level = level;
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return level;
    }

    @Override
    public MethodDescriptor<?, ?> getMethodDescriptor() {
      throw new UnsupportedOperationException("a token is for every method");
    }

    @Override
    public String getAuthority() {
      return "localhost";
    }

    @Override
    public Attributes getTransportAttrs() {
      return Attributes.EMPTY;
    }
  }
}

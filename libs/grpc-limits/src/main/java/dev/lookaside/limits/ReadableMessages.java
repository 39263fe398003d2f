package dev.lookaside.limits;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Lets a service refuse what is no message of its own with INVALID_ARGUMENT. gRPC itself answers
 * UNKNOWN, and writes a stack trace for each.
 */
public final class ReadableMessages {
  private static final Object UNREADABLE = new Object();

  private ReadableMessages() {}

  /** The same service, whose handlers see only what can be read. */
  public static ServerServiceDefinition of(ServerServiceDefinition service) {
    return Described.service(
        service.getServiceDescriptor(),
        service.getMethods().stream()
            .<ServerMethodDefinition<?, ?>>map(ReadableMessages::of)
            .toList());
  }

  /**
   * Reads what cannot be read as {@code unreadable}, for a handler that knows this one by its
   * identity and refuses it itself: where each object on a call's way counts.
   */
  public static <Q> Marshaller<Q> marshaller(Marshaller<Q> own, Q unreadable) {
    return new Reading<>(own, unreadable);
  }

  /** What is said of a request that cannot be read. */
  public static Status unreadable(MethodDescriptor<?, ?> method) {
    return Status.INVALID_ARGUMENT.withDescription(
        "a request of "
            + method.getFullMethodName()
            + " cannot be read (expected: its protobuf message)");
  }

  @SuppressWarnings("unchecked") // until it is read, a message may be the one that is none
  private static <Q> Marshaller<Object> reading(Marshaller<Q> own) {
    return new Reading<>((Marshaller<Object>) own, UNREADABLE);
  }

  /** The same method, whose handler sees only what can be read. */
  public static <Q, A> ServerMethodDefinition<Object, A> of(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> own = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        own.toBuilder(reading(own.getRequestMarshaller()), own.getResponseMarshaller()).build(),
        new Handler<>(own, method.getServerCallHandler()));
  }

  /** What cannot be read is a value, too: an exception here never reaches a handler. */
  private record Reading<Q>(Marshaller<Q> own, Q unreadable) implements Marshaller<Q> {
    @Override
    public InputStream stream(Q value) {
      return own.stream(value);
    }

    @Override
    public Q parse(InputStream stream) {
      try {
        return own.parse(stream);
      } catch (StatusRuntimeException e) {
        return unreadable;
      }
    }
  }

  private record Handler<Q, A>(MethodDescriptor<Q, A> method, ServerCallHandler<Q, A> own)
      implements ServerCallHandler<Object, A> {
    @Override
    public ServerCall.Listener<Object> startCall(ServerCall<Object, A> call, Metadata headers) {
      Call<Q, A> handled = new Call<>(call, method);
      return new Listener<>(handled, own.startCall(handled, headers));
    }
  }

  /**
   * The call as its handler knows it. A handler may answer on a thread of its own while a message
   * comes that cannot be read; gRPC takes but one of both at a time, and would lose the buffer of
   * an answer that is closed over.
   */
  private static final class Call<Q, A> extends ServerCall<Q, A> {
    private final ServerCall<Object, A> call;
    private final MethodDescriptor<Q, A> method;
    private boolean refused; // guarded by this

    Call(ServerCall<Object, A> call, MethodDescriptor<Q, A> method) {
      this.call = call;
      this.method = method;
    }

    @Override
    public void request(int count) {
      call.request(count);
    }

    /** Ends the call. What its handler still says is not sent. */
    synchronized void refuse() {
      refused = true;
      call.close(unreadable(method), new Metadata());
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!refused) {
        call.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(A message) {
      if (!refused) {
        call.sendMessage(message);
      }
    }

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!refused) {
        call.close(status, trailers);
      }
    }

    @Override
    public boolean isCancelled() {
      return call.isCancelled();
    }

    @Override
    public void setMessageCompression(boolean enabled) {
      call.setMessageCompression(enabled);
    }

    @Override
    public void setCompression(String compressor) {
      call.setCompression(compressor);
    }

    @Override
    public void setOnReadyThreshold(int bytes) {
      call.setOnReadyThreshold(bytes);
    }

    @Override
    public SecurityLevel getSecurityLevel() {
      return call.getSecurityLevel();
    }

    @Override
    public Attributes getAttributes() {
      return call.getAttributes();
    }

    @Override
    public @Nullable String getAuthority() {
      return call.getAuthority();
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }
  }

  private static final class Listener<Q> extends ServerCall.Listener<Object> {
    private final Call<Q, ?> call;
    private final ServerCall.Listener<Q> own;
    private boolean refused;

    Listener(Call<Q, ?> call, ServerCall.Listener<Q> own) {
      this.call = call;
      this.own = own;
    }

    @Override
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    public void onMessage(Object message) {
      if (refused) {
        return;
      }
      if (message != UNREADABLE) {
        own.onMessage((Q) message);
        return;
      }
      refused = true;
      call.refuse();
      own.onCancel();
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        own.onHalfClose();
      }
    }

    @Override
    public void onReady() {
      if (!refused) {
        own.onReady();
      }
    }

    /** The handler has heard of the end already. */
    @Override
    public void onCancel() {
      if (!refused) {
        own.onCancel();
      }
    }

    @Override
    public void onComplete() {
      if (!refused) {
        own.onComplete();
      }
    }
  }
}

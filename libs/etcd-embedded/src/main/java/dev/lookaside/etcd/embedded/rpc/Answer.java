package dev.lookaside.etcd.embedded.rpc;

import com.google.protobuf.MessageLite;
import dev.lookaside.etcd.embedded.store.EtcdError;
import dev.lookaside.etcd.embedded.store.EtcdException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers a unary call with a result or with the status of etcd's error. */
final class Answer {
  /** As etcd's {@code --max-request-bytes}. */
  private static final int MAX_REQUEST_BYTES = 3 << 19;

  private Answer() {}

  static <T> void to(StreamObserver<T> caller, Supplier<T> work) {
    T result;
    try {
      result = work.get();
    } catch (EtcdException e) {
      caller.onError(e.error().status().asRuntimeException());
      return;
    }
    caller.onNext(result);
    caller.onCompleted();
  }

  static void requireSmall(MessageLite request) {
    if (request.getSerializedSize() > MAX_REQUEST_BYTES) {
      throw EtcdError.REQUEST_TOO_LARGE.exception();
    }
  }
}
